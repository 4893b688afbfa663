#ifndef CLOGWRITER_H
#define CLOGWRITER_H

// SQLite writes its log in pieces of 24 bytes and of a page, two calls for each page of a commit. With this file system
// (https://sqlite.org/vfs.html) a commit is one write; everything else is the system's own, "unix".

// Makes it known to SQLite and answers its name; NULL where there is no memory.
const char *clogwriter_register(void);

#endif
