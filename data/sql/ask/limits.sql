-- How much a query of the web page may use; {memory} in MB.
-- Grain: none.
set memory_limit = '{memory}MB';
set threads = 1;
set max_temp_directory_size = '0KB';
set python_enable_replacements = false;
