-- Close the file to be published; all of it is in the file then.
detach news;
