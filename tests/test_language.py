"""Which texts are Vietnamese: with accents, without, with names of others; pages in other languages are kept and give no records."""

from __future__ import annotations

import unicodedata

import pytest
from test_mending import _in_tcvn3

from extract.pipeline import extract
from schemas.article import Article
from schemas.language import is_vietnamese
from schemas.reading import RECORDS

NEWS = (
    "Sáng 20/11/2026, tại phường Tân Hòa, UBND tỉnh tổ chức hội nghị tổng kết phong trào thi đua yêu nước năm 2026. Chủ tịch UBND tỉnh "
    "Nguyễn Văn Bình trao Bằng khen cho 15 tập thể và 20 cá nhân có thành tích xuất sắc trong công tác chăm lo cho người dân.\n"
    "Phát biểu tại hội nghị, đồng chí đề nghị các đơn vị tiếp tục phát động những phong trào thi đua thiết thực, gắn với nhiệm vụ của địa phương."
)
FOREIGN = {
    "english": "The provincial People's Committee held a conference in Ha Giang on 20/11/2026 to sum up the emulation movement. Chairman Nguyen Van Binh "
    "presented certificates of merit to 15 collectives and 20 individuals with outstanding achievements in caring for the people of Son La and Cao Bang.",
    "french": "Le Comité populaire de la province a organisé le 20/11/2026 une conférence pour dresser le bilan du mouvement d'émulation. Le président "
    "Nguyen Van Binh a remis des satisfecit à 15 collectifs et 20 personnes pour leurs résultats remarquables dans la province de Son La et ailleurs.",
    "chinese": "二〇二六年十一月二十日上午，省人民委员会在新和坊召开会议，总结二〇二六年爱国竞赛运动。省人民委员会主席阮文平（Nguyễn Văn Bình）向15个集体和20名个人颁发奖状，"
    "表彰他们在关心人民生活工作中取得的优异成绩。会议要求各单位继续开展切合实际的竞赛运动。",
    "khmer": "ព្រឹកថ្ងៃទី ២០ ខែវិច្ឆិកា គណៈកម្មាធិការប្រជាជនខេត្តបានរៀបចំសន្និសីទបូកសរុបចលនាប្រឡងប្រណាំងស្នេហាជាតិ "
    "ប្រធានគណៈកម្មាធិការប្រជាជនខេត្តបានប្រគល់ប័ណ្ណសរសើរជូន ១៥ សមូហភាព និង ២០ បុគ្គល",
    "hmong": "Hnub no, lub nroog tau muaj ib lub rooj sib tham txog kev sib tw hlub teb chaws. Tus thawj coj Nguyen Van Binh tau muab ntawv qhuas rau "
    "cov neeg ua hauj lwm zoo. Cov neeg Hmoob nyob hauv lub zos kuj tau txais kev pab los ntawm tsoom fwv thiab cov koom haum hauv xeev.",
}  # fmt: skip
NAMES = {
    "tày": "Nghệ nhân Nông Thị Lìm dạy hát Then, đàn tính cho 12 cá nhân ở bản Pác Bó; bài Khảm hải và điệu Pựt lằn được truyền lại.",
    "mông": "Bà Vàng Thị Mỷ, ông Sùng A Páo, Giàng Seo Gà và 5 cá nhân người Mông ở Sà Phìn được tặng Giấy khen vì giữ tiếng khèn Mông.",
    "khmer": "Hòa thượng Thạch Sok Xane, Sơn Phước Hoan, Kim Sóc, Danh Út, Neáng Sa Rương cùng 7 cá nhân chùa Kh'leang dự lễ Chol Chnam Thmay, Sene Dolta.",
    "english": "Đoàn của World Vision International, Samsung Electronics Vietnam Thai Nguyen và Save the Children cùng 9 tập thể nhận Bằng khen.",
}


def bare(text: str) -> str:
    """The text without accents."""
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.parametrize("language", FOREIGN)
def test_a_page_in_another_language_gives_no_records(language: str) -> None:
    found = extract(Article(id="a", text=FOREIGN[language], title=None, warnings=("weekday",)))
    assert found.text == FOREIGN[language] and found.warnings == ("weekday", "language")
    assert not any(getattr(found, kind) for kind in RECORDS)


@pytest.mark.parametrize("names", NAMES)
def test_names_of_others_in_a_vietnamese_text_hinder_nothing(names: str) -> None:
    found = extract(Article(id="a", text=NAMES[names]))
    assert found.counts and "language" not in found.warnings
    assert is_vietnamese(f"{NEWS}\n{NAMES[names]}\n{FOREIGN['english']}"), "a summary in English below the text"


@pytest.mark.parametrize(
    "write", [bare, str.upper, lambda text: bare(text).upper(), lambda text: unicodedata.normalize("NFD", text), _in_tcvn3]
)
def test_vietnamese_however_it_is_written(write: object) -> None:
    assert callable(write)
    text = write(NEWS)
    found = extract(Article(id="a", text=text if write is _in_tcvn3 else unicodedata.normalize("NFC", text)))
    assert "language" not in found.warnings
    assert write is bare or write is str.upper or is_vietnamese(bare(NEWS))


def test_what_is_too_short_to_tell_is_taken_for_vietnamese() -> None:
    assert (
        is_vietnamese("Lao cai 2026")
        and is_vietnamese("")
        and is_vietnamese("Video: Ha Giang, Cao Bang, Lang Son, Bac Kan, Tuyen Quang, Yen Bai, Son La")
    )
