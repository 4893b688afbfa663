#ifndef FILES_H
#define FILES_H

#include <sqlite3.h>

#include "CStorage.h"

struct cstorage_files {
    // As SQLite's file system wants it: https://sqlite.org/c3ref/create_filename.html
    const char *name;
    sqlite3_file *database;
    // Open while a connection is here, to save descriptors.
    sqlite3_file *log;
    int schema_number;
};

// The file system that they are opened with.
extern sqlite3_vfs *files_vfs;

// Opens the log, which is made where there is none; answers SQLite's error.
int files_open_log(struct cstorage_files *files);

void files_close_log(struct cstorage_files *files);

#endif
