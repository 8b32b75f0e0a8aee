-- Leave the file to be published.
use memory;
