#ifndef POWER_H
#define POWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "PowerTrace.h"

// A pointer to the next definition of `name`, looked up once.
#define NEXT(result, name, ...)                                                                  \
    static result (*next)(__VA_ARGS__);                                                          \
    if (next == NULL) next = (result(*)(__VA_ARGS__))power_lookup(#name)

enum { POWER_PATH = 1024, POWER_DESCRIPTORS = 65536 };

void *power_lookup(const char *name);

// Whether this is the process that is traced, and not a child that still shares its memory.
bool power_is_traced(void);

// The lock under which changes are made and noted.
void power_lock(void);
void power_unlock(void);

// The path from `folder` on (AT_FDCWD for the working directory), absolute and without "//" and "/./"; false for one that is
// not below the traced folder.
bool power_path(char *result, int folder, const char *path);

// What a descriptor is for; NULL for none below the folder. The lock is held.
const char *power_descriptor(int descriptor);
void power_keep(int descriptor, const char *path);
void power_forget(int descriptor);

// Writes a step down; the lock is held. Paths may be NULL.
void power_note(
    uint32_t kind, int descriptor, int64_t value, uint32_t flags, const char *path, const char *other, const void *data,
    size_t length);

void power_unknown(const char *what);

// Whether a sync is to be answered and not done. The lock is held.
bool power_swallows(int descriptor);

// Whether a call is to fail.
bool power_fails(const char *kind, int descriptor);

// How many pages a log may have; 0 for as many as the program wants.
int power_checkpoint(void);

#endif
