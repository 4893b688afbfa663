#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "CStorage.h"
#include "Files.h"
#include "Moving.h"

// A connection that moves from one database's files to another's. To SQLite it looks as if another process had written all
// of the file anew, which any may between two transactions: so it keeps nothing that it does not check, but the schema,
// whose number must be the same then, and pages, which it is told to forget.

// SQLite keeps the address of each piece of the log's index that it has asked for, so that these stay where they are: in a
// window of the connection's own, into which the pieces of the file are mapped that it is at.
#define PIECE (32 * 1024)
// For a log of 4 million pages.
#define PIECES 1024
// For one of 8,000, which is more than everyday changes make of it before it is copied back.
#define FEW_PIECES 2

struct seat {
    struct cstorage_files *files;
    unsigned char *window;
    // Pieces that SQLite has the address of.
    int pieces;
};

// What SQLite holds of the database and of its log.
struct moving_file {
    sqlite3_file base;
    struct seat *seat;
};

static sqlite3_vfs moving_vfs;

static struct seat *seat_of(sqlite3_file *file) { return ((struct moving_file *)file)->seat; }

static sqlite3_file *database_of(sqlite3_file *file) {
    struct cstorage_files *files = seat_of(file)->files;
    return files == NULL ? NULL : files->database;
}

static sqlite3_file *log_of(sqlite3_file *file) {
    struct cstorage_files *files = seat_of(file)->files;
    return files == NULL ? NULL : files->log;
}

// What both do: `at` finds the file behind it.
#define FORWARDED(kind, at)                                                                                             \
    static int kind##_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {                          \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_IOERR_READ : real->pMethods->xRead(real, bytes, count, offset);                    \
    }                                                                                                                   \
    static int kind##_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {                   \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_IOERR_WRITE : real->pMethods->xWrite(real, bytes, count, offset);                  \
    }                                                                                                                   \
    static int kind##_truncate(sqlite3_file *file, sqlite3_int64 size) {                                                \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_IOERR_TRUNCATE : real->pMethods->xTruncate(real, size);                            \
    }                                                                                                                   \
    static int kind##_sync(sqlite3_file *file, int flags) {                                                             \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_IOERR_FSYNC : real->pMethods->xSync(real, flags);                                  \
    }                                                                                                                   \
    static int kind##_size(sqlite3_file *file, sqlite3_int64 *size) {                                                   \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_IOERR_FSTAT : real->pMethods->xFileSize(real, size);                               \
    }                                                                                                                   \
    static int kind##_control(sqlite3_file *file, int operation, void *argument) {                                      \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? SQLITE_NOTFOUND : real->pMethods->xFileControl(real, operation, argument);                \
    }                                                                                                                   \
    static int kind##_sector_size(sqlite3_file *file) {                                                                 \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? 4096 : real->pMethods->xSectorSize(real);                                                 \
    }                                                                                                                   \
    static int kind##_characteristics(sqlite3_file *file) {                                                             \
        sqlite3_file *real = at(file);                                                                                  \
        return real == NULL ? 0 : real->pMethods->xDeviceCharacteristics(real);                                         \
    }

FORWARDED(database, database_of)
FORWARDED(log, log_of)

// Whoever has a log open has a shared lock as well, which belongs to the files as long as they are open; more than that
// only who closes the last connection wants, or ends the use of a log.
static int database_lock(sqlite3_file *file, int lock) {
    if (database_of(file) == NULL) return SQLITE_BUSY;
    return lock > SQLITE_LOCK_SHARED ? SQLITE_BUSY : SQLITE_OK;
}

static int database_unlock(sqlite3_file *file, int lock) {
    (void)file, (void)lock;
    return SQLITE_OK;
}

static int database_check_lock(sqlite3_file *file, int *is_locked) {
    sqlite3_file *real = database_of(file);
    return real == NULL ? SQLITE_IOERR_CHECKRESERVEDLOCK : real->pMethods->xCheckReservedLock(real, is_locked);
}

static int no_close(sqlite3_file *file) {
    (void)file;
    return SQLITE_OK;
}

static int no_lock(sqlite3_file *file, int lock) {
    (void)file, (void)lock;
    return SQLITE_OK;
}

static int no_check_lock(sqlite3_file *file, int *is_locked) {
    (void)file;
    *is_locked = 0;
    return SQLITE_OK;
}

// Maps a piece of the index of the files' log where SQLite looks for it.
static int show(struct seat *seat, int piece, int may_extend, volatile void **memory) {
    sqlite3_file *real = seat->files->database;
    volatile void *there = NULL;
    *memory = NULL;
    int result = real->pMethods->xShmMap(real, piece, PIECE, may_extend, &there);
    if (result != SQLITE_OK || there == NULL) return result;
    void *here = seat->window + (size_t)piece * PIECE;
    // No size stands for another mapping of the same memory: https://man7.org/linux/man-pages/man2/mremap.2.html
    if (mremap((void *)there, 0, PIECE, MREMAP_MAYMOVE | MREMAP_FIXED, here) != here) return SQLITE_IOERR_SHMMAP;
    *memory = here;
    return SQLITE_OK;
}

static int database_shm_map(sqlite3_file *file, int piece, int size, int may_extend, volatile void **memory) {
    struct seat *seat = seat_of(file);
    *memory = NULL;
    if (seat->files == NULL || size != PIECE || piece >= PIECES) return SQLITE_IOERR_SHMMAP;
    int result = show(seat, piece, may_extend, memory);
    if (*memory != NULL && piece >= seat->pieces) seat->pieces = piece + 1;
    return result;
}

static int database_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    sqlite3_file *real = database_of(file);
    return real == NULL ? SQLITE_IOERR_SHMLOCK : real->pMethods->xShmLock(real, offset, count, flags);
}

static void database_shm_barrier(sqlite3_file *file) {
    sqlite3_file *real = database_of(file);
    if (real != NULL) real->pMethods->xShmBarrier(real);
}

// The files keep their index as long as they are open.
static int database_shm_unmap(sqlite3_file *file, int is_deleted) {
    (void)file, (void)is_deleted;
    return SQLITE_OK;
}

static const sqlite3_io_methods database_methods = {
    .iVersion = 2,
    .xClose = no_close,
    .xRead = database_read,
    .xWrite = database_write,
    .xTruncate = database_truncate,
    .xSync = database_sync,
    .xFileSize = database_size,
    .xLock = database_lock,
    .xUnlock = database_unlock,
    .xCheckReservedLock = database_check_lock,
    .xFileControl = database_control,
    .xSectorSize = database_sector_size,
    .xDeviceCharacteristics = database_characteristics,
    .xShmMap = database_shm_map,
    .xShmLock = database_shm_lock,
    .xShmBarrier = database_shm_barrier,
    .xShmUnmap = database_shm_unmap,
};

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = no_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = no_lock,
    .xUnlock = no_lock,
    .xCheckReservedLock = no_check_lock,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

// A seat's name is its address; SQLite puts "-wal" and "-journal" behind it.
static struct seat *seat_named(const char *name, const char **rest) {
    void *address = NULL;
    int length = 0;
    if (name == NULL || sscanf(name, "/%p%n", &address, &length) != 1) return NULL;
    *rest = name + length;
    return address;
}

static int moving_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *opened) {
    (void)vfs;
    if (!(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) {
        // Nothing but temporary files, which have no name.
        if (name != NULL) return SQLITE_CANTOPEN;
        return files_vfs->xOpen(files_vfs, name, file, flags, opened);
    }
    const char *rest = NULL;
    struct moving_file *moving = (struct moving_file *)file;
    moving->seat = seat_named(name, &rest);
    moving->base.pMethods = flags & SQLITE_OPEN_WAL ? &log_methods : &database_methods;
    if (opened != NULL) *opened = flags;
    return SQLITE_OK;
}

static int moving_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    (void)vfs, (void)flags;
    const char *rest = NULL;
    *result = seat_named(name, &rest) != NULL && strcmp(rest, "-wal") == 0;
    return SQLITE_OK;
}

static int moving_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
    (void)vfs, (void)name, (void)syncs;
    return SQLITE_IOERR_DELETE;
}

static int moving_full_pathname(sqlite3_vfs *vfs, const char *name, int capacity, char *full) {
    (void)vfs;
    sqlite3_snprintf(capacity, full, "%s", name);
    return SQLITE_OK;
}

const char *moving_register(void) {
    moving_vfs = *files_vfs;
    moving_vfs.zName = "moving";
    moving_vfs.pNext = NULL;
    moving_vfs.xOpen = moving_open;
    moving_vfs.xAccess = moving_access;
    moving_vfs.xDelete = moving_delete;
    moving_vfs.xFullPathname = moving_full_pathname;
    return sqlite3_vfs_register(&moving_vfs, 0) == SQLITE_OK ? moving_vfs.zName : NULL;
}

static void leave_files(struct seat *seat) {
    if (seat->files != NULL) files_close_log(seat->files);
    seat->files = NULL;
}

static void close_seat(struct seat *seat) {
    munmap(seat->window, (size_t)PIECES * PIECE);
    free(seat);
}

int cstorage_open_moving(struct cstorage_files *files, int flags, sqlite3 **connection) {
    *connection = NULL;
    struct seat *seat = calloc(1, sizeof *seat);
    if (seat == NULL) return SQLITE_NOMEM;
    seat->window = mmap(NULL, (size_t)PIECES * PIECE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (seat->window == MAP_FAILED) {
        free(seat);
        return SQLITE_NOMEM;
    }
    seat->files = files;
    char name[32];
    snprintf(name, sizeof name, "/%p", (void *)seat);
    int result = files_open_log(files);
    if (result == SQLITE_OK) result = sqlite3_open_v2(name, connection, flags, moving_vfs.zName);
    if (result == SQLITE_OK) return result;
    sqlite3_close(*connection);
    *connection = NULL;
    files_close_log(files);
    close_seat(seat);
    return result;
}

static struct seat *seat_of_connection(sqlite3 *connection) {
    sqlite3_file *file = NULL;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return seat_of(file);
}

int cstorage_may_move(sqlite3 *connection) { return seat_of_connection(connection)->pieces <= FEW_PIECES; }

int cstorage_move(sqlite3 *connection, struct cstorage_files *files) {
    struct seat *seat = seat_of_connection(connection);
    int result = sqlite3_txn_state(connection, NULL) == SQLITE_TXN_NONE ? SQLITE_OK : SQLITE_MISUSE;
    if (result == SQLITE_OK) result = sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESET_CACHE, NULL);
    leave_files(seat);
    if (files == NULL) return result;
    seat->files = files;
    if (result == SQLITE_OK) result = files_open_log(files);
    for (int piece = 0; piece < seat->pieces && result == SQLITE_OK; piece++) {
        volatile void *memory = NULL;
        result = show(seat, piece, 1, &memory);
    }
    if (result != SQLITE_OK) leave_files(seat);
    return result;
}

int cstorage_close_moving(sqlite3 *connection) {
    struct seat *seat = seat_of_connection(connection);
    leave_files(seat);
    int result = sqlite3_close(connection);
    if (result == SQLITE_OK) close_seat(seat);
    return result;
}
