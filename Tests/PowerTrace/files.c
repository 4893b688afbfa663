#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "power.h"

// What the C library declares with its own names and attributes is defined here a second time.
#define EXPORT __attribute__((visibility("default")))

static int opened(
    int folder, const char *path, int flags, mode_t mode, int (*next)(int, const char *, int, ...)) {
    char full[POWER_PATH];
    struct stat before;
    if (!power_is_traced() || !power_path(full, folder, path)) {
        return next(folder, path, flags, mode);
    }
    power_lock();
    int was_there = fstatat(folder, path, &before, 0) == 0;
    int descriptor = next(folder, path, flags, mode);
    int code = errno;
    if (descriptor >= 0) {
        power_keep(descriptor, full);
        uint32_t changes = (was_there ? 0 : POWER_CREATED) | (was_there && flags & O_TRUNC ? POWER_TRUNCATED : 0);
        power_note(POWER_OPEN, descriptor, 0, changes, full, NULL, NULL, 0);
    }
    power_unlock();
    errno = code;
    return descriptor;
}

static int open_at(int folder, const char *path, int flags, ...) {
    NEXT(int, openat, int, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return next(folder, path, flags, mode);
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name, ...)                                                                                  \
    va_list rest;                                                                                        \
    va_start(rest, flags);                                                                               \
    mode_t mode = mode_of(flags, rest);                                                                  \
    va_end(rest);                                                                                        \
    return opened(__VA_ARGS__, flags, mode, open_at)

EXPORT int open(const char *path, int flags, ...) { OPEN(open, AT_FDCWD, path); }
EXPORT int open64(const char *path, int flags, ...) { OPEN(open64, AT_FDCWD, path); }
EXPORT int openat(int folder, const char *path, int flags, ...) { OPEN(openat, folder, path); }
EXPORT int openat64(int folder, const char *path, int flags, ...) { OPEN(openat64, folder, path); }
EXPORT int creat(const char *path, mode_t mode) {
    return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode, open_at);
}

static int made_temporary(char *template, int flags) {
    for (int attempt = 0; attempt < 1000; attempt++) {
        static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
        char *end = template + strlen(template);
        for (int place = 1; place <= 6; place++) {
            end[-place] = letters[(size_t)random() % (sizeof letters - 1)];
        }
        int descriptor = opened(AT_FDCWD, template, flags | O_RDWR | O_CREAT | O_EXCL, 0600, open_at);
        if (descriptor >= 0 || errno != EEXIST) {
            return descriptor;
        }
    }
    return -1;
}

EXPORT int mkstemp(char *template) { return made_temporary(template, 0); }
EXPORT int mkstemp64(char *template) { return made_temporary(template, 0); }
EXPORT int mkostemp(char *template, int flags) { return made_temporary(template, flags); }
EXPORT int mkostemp64(char *template, int flags) { return made_temporary(template, flags); }

EXPORT FILE *fopen64(const char *path, const char *mode) {
    NEXT(FILE *, fopen64, const char *, const char *);
    char full[POWER_PATH];
    if (power_is_traced() && strpbrk(mode, "wa+") != NULL && power_path(full, AT_FDCWD, path)) {
        power_unknown("fopen");
    }
    return next(path, mode);
}
EXPORT FILE *fopen(const char *path, const char *mode) { return fopen64(path, mode); }

EXPORT int close(int descriptor) {
    NEXT(int, close, int);
    if (!power_is_traced()) {
        return next(descriptor);
    }
    power_lock();
    if (power_descriptor(descriptor) != NULL) {
        power_note(POWER_CLOSE, descriptor, 0, 0, NULL, NULL, NULL, 0);
        power_forget(descriptor);
    }
    int result = next(descriptor);
    power_unlock();
    return result;
}

static void duplicated(int descriptor, int copy) {
    char path[POWER_PATH];
    const char *known = power_descriptor(descriptor);
    if (copy >= 0 && copy != descriptor) {
        power_forget(copy);
        if (known != NULL) {
            snprintf(path, sizeof path, "%s", known);
            power_keep(copy, path);
            power_note(POWER_DUPLICATE, descriptor, copy, 0, NULL, NULL, NULL, 0);
        }
    }
}

#define DUPLICATE(call)                                  \
    if (!power_is_traced()) return call;                 \
    power_lock();                                        \
    int copy = call;                                     \
    duplicated(descriptor, copy);                        \
    power_unlock();                                      \
    return copy

EXPORT int dup(int descriptor) {
    NEXT(int, dup, int);
    DUPLICATE(next(descriptor));
}
EXPORT int dup2(int descriptor, int other) {
    NEXT(int, dup2, int, int);
    DUPLICATE(next(descriptor, other));
}
EXPORT int dup3(int descriptor, int other, int flags) {
    NEXT(int, dup3, int, int, int);
    DUPLICATE(next(descriptor, other, flags));
}

// Notes bytes that were written at a place.
static void written(int descriptor, off_t place, const struct iovec *parts, int count, ssize_t length) {
    for (int index = 0; index < count && length > 0; index++) {
        size_t size = parts[index].iov_len < (size_t)length ? parts[index].iov_len : (size_t)length;
        power_note(POWER_WRITE, descriptor, place, 0, NULL, NULL, parts[index].iov_base, size);
        place += (off_t)size;
        length -= (ssize_t)size;
    }
}

// Where the next write to a descriptor goes.
static off_t place_of(int descriptor) {
    struct stat file;
    if (fcntl(descriptor, F_GETFL) & O_APPEND && fstat(descriptor, &file) == 0) {
        return file.st_size;
    }
    return lseek(descriptor, 0, SEEK_CUR);
}

static bool is_socket(int descriptor) {
    struct stat file;
    return fstat(descriptor, &file) == 0 && S_ISSOCK(file.st_mode);
}

#define FAIL_IF(kind, descriptor)                                  \
    if (power_is_traced() && power_fails(kind, descriptor)) {      \
        errno = EIO;                                               \
        return -1;                                                 \
    }

// Writes under the lock, and notes what was written; -1 as the place for the descriptor's own.
#define WRITE(call, parts, count, at)                                                                         \
    if (!power_is_traced()) return call;                                                                      \
    FAIL_IF("write", descriptor)                                                                              \
    power_lock();                                                                                             \
    bool is_file = power_descriptor(descriptor) != NULL, tells = !is_file && is_socket(descriptor);           \
    off_t place = (at) >= 0 || !is_file ? (at) : place_of(descriptor);                                        \
    ssize_t result = call;                                                                                    \
    int code = errno;                                                                                         \
    if (result > 0 && is_file) written(descriptor, place, parts, count, result);                              \
    if (result > 0 && tells) answered(descriptor, parts, count, result);                                      \
    power_unlock();                                                                                           \
    errno = code;                                                                                             \
    return result

static void answered(int descriptor, const struct iovec *parts, int count, ssize_t length) {
    for (int index = 0; index < count && length > 0; index++) {
        size_t size = parts[index].iov_len < (size_t)length ? parts[index].iov_len : (size_t)length;
        power_note(POWER_ANSWER, descriptor, 0, 0, NULL, NULL, parts[index].iov_base, size);
        length -= (ssize_t)size;
    }
}

EXPORT ssize_t write(int descriptor, const void *bytes, size_t length) {
    NEXT(ssize_t, write, int, const void *, size_t);
    struct iovec part = {(void *)bytes, length};
    WRITE(next(descriptor, bytes, length), &part, 1, -1);
}
EXPORT ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    NEXT(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    struct iovec part = {(void *)bytes, length};
    WRITE(next(descriptor, bytes, length, offset), &part, 1, offset);
}
EXPORT ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return pwrite64(descriptor, bytes, length, offset);
}
EXPORT ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    NEXT(ssize_t, writev, int, const struct iovec *, int);
    WRITE(next(descriptor, parts, count), parts, count, -1);
}
EXPORT ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
    NEXT(ssize_t, pwritev64, int, const struct iovec *, int, off64_t);
    WRITE(next(descriptor, parts, count, offset), parts, count, offset);
}
EXPORT ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
    return pwritev64(descriptor, parts, count, offset);
}

EXPORT ssize_t sendfile64(int target, int source, off64_t *offset, size_t count) {
    NEXT(ssize_t, sendfile64, int, int, off64_t *, size_t);
    power_lock();
    bool is_file = power_is_traced() && power_descriptor(target) != NULL;
    power_unlock();
    if (!is_file) {
        return next(target, source, offset, count);
    }
    char bytes[1 << 14];
    count = count < sizeof bytes ? count : sizeof bytes;
    ssize_t length = offset == NULL ? read(source, bytes, count) : pread64(source, bytes, count, *offset);
    if (length <= 0) {
        return length;
    }
    length = write(target, bytes, (size_t)length);
    if (offset != NULL && length > 0) {
        *offset += length;
    }
    return length;
}
EXPORT ssize_t sendfile(int target, int source, off_t *offset, size_t count) {
    return sendfile64(target, source, offset, count);
}
EXPORT ssize_t copy_file_range(int source, off64_t *from, int target, off64_t *to, size_t length, unsigned flags) {
    errno = ENOSYS;
    return -1;
}

EXPORT ssize_t read(int descriptor, void *bytes, size_t length) {
    NEXT(ssize_t, read, int, void *, size_t);
    FAIL_IF("read", descriptor)
    return next(descriptor, bytes, length);
}
EXPORT ssize_t pread64(int descriptor, void *bytes, size_t length, off64_t offset) {
    NEXT(ssize_t, pread64, int, void *, size_t, off64_t);
    FAIL_IF("read", descriptor)
    return next(descriptor, bytes, length, offset);
}
EXPORT ssize_t pread(int descriptor, void *bytes, size_t length, off_t offset) {
    return pread64(descriptor, bytes, length, offset);
}

#define LENGTH(call, length)                                                                       \
    if (!power_is_traced()) return call;                                                           \
    FAIL_IF("write", descriptor)                                                                   \
    power_lock();                                                                                  \
    int result = call;                                                                             \
    if (result == 0 && power_descriptor(descriptor) != NULL)                                       \
        power_note(POWER_LENGTH, descriptor, length, 0, NULL, NULL, NULL, 0);                      \
    power_unlock();                                                                                \
    return result

EXPORT int ftruncate64(int descriptor, off64_t length) {
    NEXT(int, ftruncate64, int, off64_t);
    LENGTH(next(descriptor, length), length);
}
EXPORT int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static off_t length_after(int descriptor) {
    struct stat file;
    return fstat(descriptor, &file) == 0 ? file.st_size : 0;
}

EXPORT int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
    NEXT(int, fallocate64, int, int, off64_t, off64_t);
    if (mode != 0) power_unknown("fallocate");
    LENGTH(next(descriptor, mode, offset, length), length_after(descriptor));
}
EXPORT int fallocate(int descriptor, int mode, off_t offset, off_t length) {
    return fallocate64(descriptor, mode, offset, length);
}
EXPORT int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
    NEXT(int, posix_fallocate64, int, off64_t, off64_t);
    LENGTH(next(descriptor, offset, length), length_after(descriptor));
}
EXPORT int posix_fallocate(int descriptor, off_t offset, off_t length) {
    return posix_fallocate64(descriptor, offset, length);
}

EXPORT int truncate64(const char *path, off64_t length) {
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return -1;
    }
    int result = ftruncate64(descriptor, length);
    close(descriptor);
    return result;
}
EXPORT int truncate(const char *path, off_t length) { return truncate64(path, length); }

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    NEXT(void *, mmap64, void *, size_t, int, int, int, off64_t);
    if (descriptor >= 0 && power_is_traced() && flags & MAP_SHARED && protection & PROT_WRITE) {
        power_lock();
        const char *path = power_descriptor(descriptor);
        // The index of SQLite's log is made anew when a database is opened.
        if (path != NULL && strstr(path, "-shm") == NULL) {
            power_unknown("mmap");
        }
        power_unlock();
    }
    return next(address, length, protection, flags, descriptor, offset);
}
EXPORT void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    return mmap64(address, length, protection, flags, descriptor, offset);
}
