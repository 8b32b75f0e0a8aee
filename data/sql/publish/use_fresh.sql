-- From here on tables are those of the file to be published.
use news;
