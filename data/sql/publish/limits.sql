-- What publishing or an export may take: memory stays flat, what does not fit goes to a folder beside the files.
-- grain: none.
set memory_limit = '{memory}MB';
set temp_directory = {folder};
set max_temp_directory_size = '64GB';
