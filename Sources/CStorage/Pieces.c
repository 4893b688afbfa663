#include "Pieces.h"

#include <pthread.h>
#include <stddef.h>

// The system's methods for files without locks, and the same with a write of our own; known once such a file is open.
static const sqlite3_io_methods *_Atomic usual;
static sqlite3_io_methods whole;
static pthread_mutex_t finding = PTHREAD_MUTEX_INITIALIZER;

static int write_whole(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    int result = SQLITE_OK;
    for (int done = 0; done < count && result == SQLITE_OK; done += PIECES_LIMIT) {
        int piece = count - done < PIECES_LIMIT ? count - done : PIECES_LIMIT;
        result = usual->xWrite(file, (const unsigned char *)bytes + done, piece, offset + done);
    }
    return result;
}

void pieces_file(sqlite3_file *file) {
    if (file->pMethods == NULL) return;
    pthread_mutex_lock(&finding);
    if (usual == NULL) {
        whole = *file->pMethods;
        whole.xWrite = write_whole;
        usual = file->pMethods;
    }
    if (file->pMethods == usual) file->pMethods = &whole;
    pthread_mutex_unlock(&finding);
}
