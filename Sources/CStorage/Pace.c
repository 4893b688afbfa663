#define _GNU_SOURCE
#include "Pace.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include "CStorage.h"

// So many bytes, or so many pieces of a file, keep another file's sync waiting for less than a millisecond.
#define PACE_BYTES (256 << 10)
#define PACE_PIECES 16

static _Thread_local int is_paced;
// What the thread has written last, where that ended, and how much of it has not been synced.
static _Thread_local const sqlite3_file *written_file;
static _Thread_local sqlite3_int64 written_end;
static _Thread_local int written;
static _Thread_local int pieces;

// The system's methods, one kind for files with locks and one for those without, and the same with a write of our own;
// known once such a file is open.
static struct {
    const sqlite3_io_methods *system;
    sqlite3_io_methods paced;
} kinds[2];
static int (*system_write)(sqlite3_file *, const void *, int, sqlite3_int64);
static pthread_mutex_t finding = PTHREAD_MUTEX_INITIALIZER;

static int paced_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    int result = system_write(file, bytes, count, offset);
    if (!is_paced || result != SQLITE_OK) return result;
    if (file != written_file) pieces = 0, written = 0;
    if (written == 0 || offset != written_end) pieces += 1;
    written_file = file;
    written_end = offset + count;
    written += count;
    if (written < PACE_BYTES && pieces < PACE_PIECES) return result;
    pieces = 0;
    written = 0;
    // What could not be synced now no later sync may tell of, so that the write has failed.
    return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

void pace_file(sqlite3_file *file) {
    const sqlite3_io_methods *methods = file->pMethods;
    if (methods == NULL) return;
    pthread_mutex_lock(&finding);
    if (system_write == NULL) system_write = methods->xWrite;
    // The file is the system's as before: all but the write goes to it without a detour. One of yet another kind, as where
    // somebody has asked for other locks, is left as it is.
    for (int number = 0; number < 2 && methods->xWrite == system_write; number++) {
        if (kinds[number].system == NULL) {
            kinds[number].system = methods;
            kinds[number].paced = *methods;
            kinds[number].paced.xWrite = paced_write;
        }
        if (kinds[number].system != methods) continue;
        file->pMethods = &kinds[number].paced;
        break;
    }
    pthread_mutex_unlock(&finding);
}

int cstorage_pace_writes(int wanted) {
    int before = is_paced;
    is_paced = wanted;
    return before;
}

// https://man7.org/linux/man-pages/man2/sync_file_range.2.html
int cstorage_sync_in_pieces(int file) {
    const unsigned write_and_wait = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    struct stat status;
    if (fstat(file, &status) != 0) return -1;
    for (off_t offset = 0; offset + PACE_BYTES < status.st_size; offset += PACE_BYTES) {
        // What the disk could not take is told once, so that the sync must fail with it.
        if (sync_file_range(file, offset, PACE_BYTES, write_and_wait) == 0) continue;
        if (errno != ENOSYS) return -1;
        break;
    }
    return fdatasync(file);
}
