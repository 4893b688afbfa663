#include "Memory.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mman.h>

#include "CLogWriter.h"

// SQLite's own memory (https://sqlite.org/malloc.html), but for two things.

// Its file system goes through a list of all files the process has open, from end to end and under a lock of the whole
// process, whenever it opens another: findInodeInfo in https://sqlite.org/src/file/src/os_unix.c. Where each piece of the
// list lies somewhere else in memory that takes longer than reading a schema, once thousands are open; side by side they
// stay in the processor's cache. The list has a piece and a mutex for each file.
#define PLACE 96
#define SMALLEST 64
#define PLACES (1 << 18)

static _Thread_local int is_opening;
static sqlite3_mem_methods usual;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char *places;
static size_t taken;
// Places given back; each holds the address of the next.
static void *free_places;

// What a savepoint may have to put back is kept in blocks as big as it may be at most, one taken and given back for each:
// malloc tidies up all it has for each of that size.
static _Thread_local void *kept_block;
static int block_size;

void memory_begin_file(void) { is_opening = 1; }

void memory_end_file(void) { is_opening = 0; }

static int is_place(const void *memory) {
    return (const unsigned char *)memory >= places && (const unsigned char *)memory < places + PLACES * PLACE;
}

static void *take_place(void) {
    pthread_mutex_lock(&lock);
    void *place = free_places;
    if (place != NULL) {
        memcpy(&free_places, place, sizeof free_places);
    } else if (taken < PLACES) {
        place = places + taken * PLACE;
        taken += 1;
    }
    pthread_mutex_unlock(&lock);
    return place;
}

static void give_place(void *place) {
    pthread_mutex_lock(&lock);
    memcpy(place, &free_places, sizeof free_places);
    free_places = place;
    pthread_mutex_unlock(&lock);
}

static void *memory_malloc(int size) {
    void *memory = NULL;
    if (is_opening && size > SMALLEST && size <= PLACE) {
        memory = take_place();
    } else if (size == block_size) {
        memory = kept_block;
        kept_block = NULL;
    }
    return memory != NULL ? memory : usual.xMalloc(size);
}

static void memory_free(void *memory) {
    if (is_place(memory)) {
        give_place(memory);
    } else if (kept_block == NULL && usual.xSize(memory) == block_size) {
        kept_block = memory;
    } else {
        usual.xFree(memory);
    }
}

static int memory_size(void *memory) { return is_place(memory) ? PLACE : usual.xSize(memory); }

static void *memory_realloc(void *memory, int size) {
    if (!is_place(memory)) return usual.xRealloc(memory, size);
    if (size <= PLACE) return memory;
    void *larger = usual.xMalloc(size);
    if (larger == NULL) return NULL;
    memcpy(larger, memory, PLACE);
    give_place(memory);
    return larger;
}

int clogwriter_configure_memory(int savepoint) {
    int result = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, savepoint);
    if (result == SQLITE_OK) result = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
    if (result != SQLITE_OK) return result;
    // Addresses only: memory is taken as places are.
    void *memory = mmap(NULL, PLACES * PLACE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return SQLITE_NOMEM;
    places = memory;
    // A block begins with a pointer to the next: FileChunk in https://sqlite.org/src/file/src/memjournal.c.
    block_size = usual.xRoundup(savepoint + (int)sizeof(void *));
    sqlite3_mem_methods methods = usual;
    methods.xMalloc = memory_malloc;
    methods.xFree = memory_free;
    methods.xSize = memory_size;
    methods.xRealloc = memory_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
