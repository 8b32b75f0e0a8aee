-- Copy the whole store into the fresh file.
-- grain: the file.
copy from database work to fresh;
