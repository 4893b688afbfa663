#include "Memory.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mman.h>

#include "CStorage.h"

// SQLite's own memory (https://sqlite.org/malloc.html), but for three things.

// Pieces of one size, side by side; the one given back last is taken first.
struct shelf {
    size_t size;
    size_t limit;
    pthread_mutex_t lock;
    unsigned char *start;
    size_t taken;
    // Pieces given back; each holds the address of the next.
    void *given_back;
};

// Its file system goes through a list of all files the process has open, from end to end and under a lock of the whole
// process, whenever it opens another: findInodeInfo in https://sqlite.org/src/file/src/os_unix.c. Where each piece of the
// list lies somewhere else in memory that takes longer than reading a schema, once thousands are open; side by side they
// stay in the processor's cache. The list has a piece and a mutex for each file.
static struct shelf places = {.size = 96, .limit = 1 << 18, .lock = PTHREAD_MUTEX_INITIALIZER};
#define SMALLEST_PLACE 65
static _Thread_local int is_opening;

// Pages of 1 KiB, with what SQLite notes of each, come and go by the thousand; between the small pieces of a schema, which
// stay, malloc would keep holes of that size for ever.
static struct shelf pages = {.size = 1312, .limit = 1 << 21, .lock = PTHREAD_MUTEX_INITIALIZER};
#define SMALLEST_PAGE 1200

// What a savepoint may have to put back is kept in blocks as big as it may be at most, one taken and given back for each:
// malloc tidies up all it has for each of that size.
static _Thread_local void *kept_block;
static int block_size;

static sqlite3_mem_methods usual;

void memory_begin_file(void) { is_opening = 1; }

void memory_end_file(void) { is_opening = 0; }

// Addresses only: memory is taken as pieces are.
static int put_up(struct shelf *shelf) {
    int protection = PROT_READ | PROT_WRITE;
    int kind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *memory = mmap(NULL, shelf->limit * shelf->size, protection, kind, -1, 0);
    if (memory == MAP_FAILED) return 0;
    shelf->start = memory;
    return 1;
}

static int is_from(const struct shelf *shelf, const void *memory) {
    return (const unsigned char *)memory >= shelf->start
        && (const unsigned char *)memory < shelf->start + shelf->limit * shelf->size;
}

static void *take(struct shelf *shelf) {
    pthread_mutex_lock(&shelf->lock);
    void *piece = shelf->given_back;
    if (piece != NULL) {
        memcpy(&shelf->given_back, piece, sizeof shelf->given_back);
    } else if (shelf->taken < shelf->limit) {
        piece = shelf->start + shelf->taken * shelf->size;
        shelf->taken += 1;
    }
    pthread_mutex_unlock(&shelf->lock);
    return piece;
}

static void give_back(struct shelf *shelf, void *piece) {
    pthread_mutex_lock(&shelf->lock);
    memcpy(piece, &shelf->given_back, sizeof shelf->given_back);
    shelf->given_back = piece;
    pthread_mutex_unlock(&shelf->lock);
}

static struct shelf *shelf_of(const void *memory) {
    return is_from(&pages, memory) ? &pages : is_from(&places, memory) ? &places : NULL;
}

static void *memory_malloc(int size) {
    void *memory = NULL;
    if (size >= SMALLEST_PAGE && size <= (int)pages.size) {
        memory = take(&pages);
    } else if (is_opening && size >= SMALLEST_PLACE && size <= (int)places.size) {
        memory = take(&places);
    } else if (size == block_size) {
        memory = kept_block;
        kept_block = NULL;
    }
    return memory != NULL ? memory : usual.xMalloc(size);
}

static void memory_free(void *memory) {
    struct shelf *shelf = shelf_of(memory);
    if (shelf != NULL) {
        give_back(shelf, memory);
    } else if (kept_block == NULL && usual.xSize(memory) == block_size) {
        kept_block = memory;
    } else {
        usual.xFree(memory);
    }
}

static int memory_size(void *memory) {
    struct shelf *shelf = shelf_of(memory);
    return shelf != NULL ? (int)shelf->size : usual.xSize(memory);
}

static void *memory_realloc(void *memory, int size) {
    struct shelf *shelf = shelf_of(memory);
    if (shelf == NULL) return usual.xRealloc(memory, size);
    if (size <= (int)shelf->size) return memory;
    void *larger = usual.xMalloc(size);
    if (larger == NULL) return NULL;
    memcpy(larger, memory, shelf->size);
    give_back(shelf, memory);
    return larger;
}

int cstorage_configure_memory(int savepoint) {
    int result = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, savepoint);
    if (result == SQLITE_OK) result = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
    if (result != SQLITE_OK) return result;
    if (!put_up(&places) || !put_up(&pages)) return SQLITE_NOMEM;
    // A block begins with a pointer to the next: FileChunk in https://sqlite.org/src/file/src/memjournal.c.
    block_size = usual.xRoundup(savepoint + (int)sizeof(void *));
    sqlite3_mem_methods methods = usual;
    methods.xMalloc = memory_malloc;
    methods.xFree = memory_free;
    methods.xSize = memory_size;
    methods.xRealloc = memory_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
