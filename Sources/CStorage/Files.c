#include "Files.h"

#include <stdlib.h>
#include <string.h>

// The files of a database, opened once and used by one connection after the other.

sqlite3_vfs *files_vfs;

static int open_file(const char *name, sqlite3_file **file, int flags) {
    *file = calloc(1, (size_t)files_vfs->szOsFile);
    if (*file == NULL) return SQLITE_NOMEM;
    int opened = 0;
    int result = files_vfs->xOpen(files_vfs, name, *file, flags, &opened);
    if (result != SQLITE_OK) return result;
    // What may not be written is opened all the same, for reading.
    return flags & SQLITE_OPEN_READWRITE && opened & SQLITE_OPEN_READONLY ? SQLITE_READONLY : SQLITE_OK;
}

static void close_file(sqlite3_file *file) {
    if (file == NULL) return;
    if (file->pMethods != NULL) file->pMethods->xClose(file);
    free(file);
}

int files_open_log(struct cstorage_files *files) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL;
    return open_file(sqlite3_filename_wal(files->name), &files->log, flags);
}

void files_close_log(struct cstorage_files *files) {
    close_file(files->log);
    files->log = NULL;
}

// Whether a file is a database as this program makes them: with a log, in pages of 1 KiB, without vacuuming, in UTF-8. None
// of that can change while somebody has it open with a log.
static int is_fit(struct cstorage_files *files) {
    sqlite3_file *file = files->database;
    unsigned char header[100];
    if (file->pMethods->xRead(file, header, sizeof header, 0) != SQLITE_OK) return 0;
    // https://sqlite.org/fileformat2.html#the_database_header
    const unsigned char *number = header + 40;
    files->schema_number = (int)((unsigned)number[0] << 24 | number[1] << 16 | number[2] << 8 | number[3]);
    return memcmp(header, "SQLite format 3", 16) == 0 && memcmp(header + 16, "\4\0\2\2\0", 5) == 0
        && memcmp(header + 52, "\0\0\0\0\0\0\0\1", 8) == 0;
}

int cstorage_open_files(const char *path, struct cstorage_files **opened) {
    *opened = NULL;
    struct cstorage_files *files = calloc(1, sizeof *files);
    if (files == NULL) return SQLITE_NOMEM;
    char *log = sqlite3_mprintf("%s-wal", path);
    char *journal = sqlite3_mprintf("%s-journal", path);
    if (log != NULL && journal != NULL) files->name = sqlite3_create_filename(path, journal, log, 0, NULL);
    sqlite3_free(log);
    sqlite3_free(journal);
    int result = files->name == NULL ? SQLITE_NOMEM : SQLITE_OK;
    if (result == SQLITE_OK) result = open_file(files->name, &files->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB);
    if (result == SQLITE_OK) result = files->database->pMethods->xLock(files->database, SQLITE_LOCK_SHARED);
    int has_journal = 0;
    if (result == SQLITE_OK) {
        const char *journal = sqlite3_filename_journal(files->name);
        result = files_vfs->xAccess(files_vfs, journal, SQLITE_ACCESS_EXISTS, &has_journal);
    }
    if (result == SQLITE_OK && (has_journal || !is_fit(files))) result = SQLITE_NOTADB;
    if (result != SQLITE_OK) {
        cstorage_close_files(files);
        return result;
    }
    *opened = files;
    return SQLITE_OK;
}

void cstorage_close_files(struct cstorage_files *files) {
    if (files == NULL) return;
    if (files->database != NULL && files->database->pMethods != NULL) {
        files->database->pMethods->xShmUnmap(files->database, 0);
        files->database->pMethods->xUnlock(files->database, SQLITE_LOCK_NONE);
    }
    files_close_log(files);
    close_file(files->database);
    if (files->name != NULL) sqlite3_free_filename((char *)files->name);
    free(files);
}

int cstorage_schema_number(const struct cstorage_files *files) { return files->schema_number; }

int cstorage_are_in_place(struct cstorage_files *files) {
    int has_moved = 1;
    sqlite3_file *file = files->database;
    return file->pMethods->xFileControl(file, SQLITE_FCNTL_HAS_MOVED, &has_moved) == SQLITE_OK && !has_moved;
}
