#include "CStorage.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "Files.h"
#include "Memory.h"
#include "Moving.h"
#include "Pace.h"
#include "Pieces.h"

#define FIRST_CAPACITY (32 * 1024)
// https://sqlite.org/fileformat2.html#walformat
#define HEADER 32
#define FRAME_HEADER 24

// A log as SQLite sees it; the system's file stands behind it in the same memory.
struct log_file {
    sqlite3_file base;
    // What SQLite has written and the system has not got, one piece of the log.
    unsigned char *waiting;
    int count;
    int capacity;
    sqlite3_int64 offset;
    // Where the next write comes to stand if it is in sequence; 0 where nothing is known.
    sqlite3_int64 end;
    // The frame begun last ends a commit.
    int ends_commit;
    // It was empty when it was opened, and nothing of it has been synced.
    int is_new;
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs log_vfs;

static sqlite3_file *real(sqlite3_file *file) {
    return (sqlite3_file *)((struct log_file *)file + 1);
}

// Gives the system what waits. What it does not take stays, since SQLite was told that it is written; the commit fails.
static int flush(struct log_file *log) {
    if (log->count == 0) return SQLITE_OK;
    sqlite3_file *file = real(&log->base);
    int result = file->pMethods->xWrite(file, log->waiting, log->count, log->offset);
    if (result != SQLITE_OK) return result;
    free(log->waiting);
    log->waiting = NULL;
    log->count = log->capacity = 0;
    return SQLITE_OK;
}

// Whether there is room for more.
static int make_room(struct log_file *log, int count) {
    if (log->count + count <= log->capacity) return 1;
    int capacity = log->capacity == 0 ? FIRST_CAPACITY : log->capacity * 2;
    while (capacity < log->count + count) capacity *= 2;
    if (capacity > PIECES_LIMIT) return 0;
    unsigned char *larger = realloc(log->waiting, (size_t)capacity);
    if (larger == NULL) return 0;
    log->waiting = larger;
    log->capacity = capacity;
    return 1;
}

static int log_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    struct log_file *log = (struct log_file *)file;
    // How big the database is after a commit stands in the header of its last frame, 0 in the others.
    if (count == FRAME_HEADER) log->ends_commit = memcmp((const char *)bytes + 4, "\0\0\0\0", 4) != 0;
    if (log->count > 0 && (offset != log->offset + log->count || !make_room(log, count))) {
        int result = flush(log);
        if (result != SQLITE_OK) return result;
    }
    // What is not in sequence is a header that SQLite writes anew, with no page to follow: it must not wait for one.
    int is_in_sequence = offset == log->end;
    log->end = offset + count;
    if (!is_in_sequence || !make_room(log, count)) return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
    if (log->count == 0) log->offset = offset;
    memcpy(log->waiting + log->count, bytes, (size_t)count);
    log->count += count;
    // Others see a commit as soon as SQLite has told them in the log's index, which it does once this returns.
    return log->ends_commit && count != FRAME_HEADER ? flush(log) : SQLITE_OK;
}

static int log_close(sqlite3_file *file) {
    struct log_file *log = (struct log_file *)file;
    // Nothing that is committed waits.
    free(log->waiting);
    return real(file)->pMethods->xClose(real(file));
}

static int log_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    int result = flush((struct log_file *)file);
    return result == SQLITE_OK ? real(file)->pMethods->xRead(real(file), bytes, count, offset) : result;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int result = flush((struct log_file *)file);
    return result == SQLITE_OK ? real(file)->pMethods->xTruncate(real(file), size) : result;
}

// SQLite syncs the header of its log, so that frames of an older log are not taken for newer ones once it is overwritten
// (https://sqlite.org/src/info/ff5be73dee). Where there was no log there is nothing to be taken for anything: one whose
// header is lost is none.
static int has_only_header(struct log_file *log) {
    sqlite3_int64 size = 0;
    sqlite3_file *file = real(&log->base);
    return log->end == HEADER && file->pMethods->xFileSize(file, &size) == SQLITE_OK && size <= HEADER;
}

static int log_sync(sqlite3_file *file, int flags) {
    struct log_file *log = (struct log_file *)file;
    int is_new = log->is_new;
    log->is_new = 0;
    if (is_new && has_only_header(log)) return SQLITE_OK;
    int result = flush(log);
    return result == SQLITE_OK ? real(file)->pMethods->xSync(real(file), flags) : result;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
    int result = flush((struct log_file *)file);
    return result == SQLITE_OK ? real(file)->pMethods->xFileSize(real(file), size) : result;
}

static int log_lock(sqlite3_file *file, int lock) { return real(file)->pMethods->xLock(real(file), lock); }

static int log_unlock(sqlite3_file *file, int lock) { return real(file)->pMethods->xUnlock(real(file), lock); }

static int log_check_lock(sqlite3_file *file, int *is_locked) {
    return real(file)->pMethods->xCheckReservedLock(real(file), is_locked);
}

static int log_control(sqlite3_file *file, int operation, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int log_sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

static int log_characteristics(sqlite3_file *file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_check_lock,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

static int log_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *opened) {
    (void)vfs;
    if (!(flags & SQLITE_OPEN_WAL)) {
        memory_begin_file();
        int result = system_vfs->xOpen(system_vfs, name, file, flags, opened);
        memory_end_file();
        if (flags & SQLITE_OPEN_MAIN_DB) {
            pace_file(file);
        } else {
            pieces_file(file);
        }
        return result;
    }
    struct log_file *log = (struct log_file *)file;
    memset(log, 0, sizeof *log);
    int result = system_vfs->xOpen(system_vfs, name, real(file), flags, opened);
    pace_file(real(file));
    if (real(file)->pMethods != NULL) log->base.pMethods = &log_methods;
    sqlite3_int64 size = 0;
    log->is_new = result == SQLITE_OK && real(file)->pMethods->xFileSize(real(file), &size) == SQLITE_OK && size == 0;
    return result;
}

// As root, SQLite gives each log that it opens to the owner of its database (robustFchown in
// https://sqlite.org/src/file/src/os_unix.c); where it is theirs already, the system would note a change all the same.
static int give_to(int descriptor, uid_t user, gid_t group) {
    struct stat status;
    if (fstat(descriptor, &status) == 0 && status.st_uid == user && status.st_gid == group) return 0;
    return fchown(descriptor, user, group);
}

const char *cstorage_register(void) {
    system_vfs = sqlite3_vfs_find("unix");
    if (system_vfs == NULL) return NULL;
    system_vfs->xSetSystemCall(system_vfs, "fchown", (sqlite3_syscall_ptr)give_to);
    log_vfs = *system_vfs;
    log_vfs.zName = "unix-log";
    log_vfs.pNext = NULL;
    log_vfs.szOsFile += (int)sizeof(struct log_file);
    log_vfs.xOpen = log_open;
    files_vfs = &log_vfs;
    if (sqlite3_vfs_register(&log_vfs, 0) != SQLITE_OK || moving_register() == NULL) return NULL;
    return log_vfs.zName;
}
