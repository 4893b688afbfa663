#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "power.h"

#define EXPORT __attribute__((visibility("default")))

// A call that changes a name, under the lock; noted where it is below the folder.
#define NAME(kind, call, folder, path)                                              \
    char full[POWER_PATH];                                                          \
    if (!power_is_traced() || !power_path(full, folder, path)) return call;         \
    power_lock();                                                                   \
    int result = call, code = errno;                                                \
    if (result == 0) power_note(kind, -1, 0, 0, full, NULL, NULL, 0);               \
    power_unlock();                                                                 \
    errno = code;                                                                   \
    return result

EXPORT int unlink(const char *path) {
    NEXT(int, unlink, const char *);
    NAME(POWER_UNLINK, next(path), AT_FDCWD, path);
}
EXPORT int rmdir(const char *path) {
    NEXT(int, rmdir, const char *);
    NAME(POWER_REMOVE_FOLDER, next(path), AT_FDCWD, path);
}
EXPORT int unlinkat(int folder, const char *path, int flags) {
    NEXT(int, unlinkat, int, const char *, int);
    NAME(flags & AT_REMOVEDIR ? POWER_REMOVE_FOLDER : POWER_UNLINK, next(folder, path, flags), folder, path);
}
EXPORT int remove(const char *path) {
    struct stat file;
    return lstat(path, &file) == 0 && S_ISDIR(file.st_mode) ? rmdir(path) : unlink(path);
}
EXPORT int mkdir(const char *path, mode_t mode) {
    NEXT(int, mkdir, const char *, mode_t);
    NAME(POWER_MAKE_FOLDER, next(path, mode), AT_FDCWD, path);
}
EXPORT int mkdirat(int folder, const char *path, mode_t mode) {
    NEXT(int, mkdirat, int, const char *, mode_t);
    NAME(POWER_MAKE_FOLDER, next(folder, path, mode), folder, path);
}

// A call with two names; one from or to outside of the folder is none that can be told.
#define NAMES(kind, call, folder, path, other_folder, other)                        \
    char from[POWER_PATH], to[POWER_PATH];                                          \
    if (!power_is_traced()) return call;                                            \
    bool is_from = power_path(from, folder, path);                                  \
    bool is_to = power_path(to, other_folder, other);                               \
    if (!is_from && !is_to) return call;                                            \
    power_lock();                                                                   \
    int result = call, code = errno;                                                \
    if (result == 0 && is_from && is_to) {                                          \
        power_note(kind, -1, 0, 0, from, to, NULL, 0);                              \
    } else if (result == 0) {                                                       \
        power_unknown("a name that crosses the folder's border");                   \
    }                                                                               \
    power_unlock();                                                                 \
    errno = code;                                                                   \
    return result

EXPORT int rename(const char *path, const char *other) {
    NEXT(int, rename, const char *, const char *);
    NAMES(POWER_RENAME, next(path, other), AT_FDCWD, path, AT_FDCWD, other);
}
EXPORT int renameat(int folder, const char *path, int other_folder, const char *other) {
    NEXT(int, renameat, int, const char *, int, const char *);
    NAMES(POWER_RENAME, next(folder, path, other_folder, other), folder, path, other_folder, other);
}
EXPORT int renameat2(int folder, const char *path, int other_folder, const char *other, unsigned flags) {
    NEXT(int, renameat2, int, const char *, int, const char *, unsigned);
    if (flags & RENAME_EXCHANGE) {
        power_unknown("renameat2");
    }
    NAMES(POWER_RENAME, next(folder, path, other_folder, other, flags), folder, path, other_folder, other);
}
EXPORT int link(const char *path, const char *other) {
    NEXT(int, link, const char *, const char *);
    NAMES(POWER_LINK, next(path, other), AT_FDCWD, path, AT_FDCWD, other);
}
EXPORT int linkat(int folder, const char *path, int other_folder, const char *other, int flags) {
    NEXT(int, linkat, int, const char *, int, const char *, int);
    NAMES(POWER_LINK, next(folder, path, other_folder, other, flags), folder, path, other_folder, other);
}
EXPORT int symlink(const char *text, const char *path) {
    NEXT(int, symlink, const char *, const char *);
    NAME(POWER_UNKNOWN, next(text, path), AT_FDCWD, path);
}
