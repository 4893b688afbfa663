#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "power.h"

#define EXPORT __attribute__((visibility("default")))

static int64_t last_sync;

// A sync: noted before it begins, done without the lock, and noted when it has returned.
static int synced(int descriptor, int (*next)(int)) {
    if (!power_is_traced()) {
        return next(descriptor);
    }
    if (power_fails("sync", descriptor)) {
        errno = EIO;
        return -1;
    }
    power_lock();
    bool is_known = power_descriptor(descriptor) != NULL;
    bool is_swallowed = power_swallows(descriptor);
    int64_t number = ++last_sync;
    if (is_known && !is_swallowed) {
        power_note(POWER_SYNC_BEGINS, descriptor, number, 0, NULL, NULL, NULL, 0);
    }
    power_unlock();
    if (is_swallowed) {
        return 0;
    }
    int result = next(descriptor), code = errno;
    if (is_known) {
        power_lock();
        power_note(POWER_SYNC_ENDS, descriptor, number, result != 0, NULL, NULL, NULL, 0);
        power_unlock();
    }
    errno = code;
    return result;
}

EXPORT int fsync(int descriptor) {
    NEXT(int, fsync, int);
    return synced(descriptor, next);
}
EXPORT int fdatasync(int descriptor) {
    NEXT(int, fdatasync, int);
    return synced(descriptor, next);
}

// These promise less than a sync, or are not used: a program that relies on them is to be looked at.
EXPORT int sync_file_range(int descriptor, off64_t offset, off64_t count, unsigned flags) {
    NEXT(int, sync_file_range, int, off64_t, off64_t, unsigned);
    return next(descriptor, offset, count, flags);
}
EXPORT int syncfs(int descriptor) {
    NEXT(int, syncfs, int);
    power_unknown("syncfs");
    return next(descriptor);
}

// What goes through sockets, noted in the same step in which it leaves.
#define SEND(call, bytes, length)                                                                     \
    if (!power_is_traced()) return call;                                                              \
    power_lock();                                                                                     \
    ssize_t result = call;                                                                            \
    int code = errno;                                                                                 \
    if (result > 0) power_note(POWER_ANSWER, descriptor, 0, 0, NULL, NULL, bytes, (size_t)result);    \
    power_unlock();                                                                                   \
    errno = code;                                                                                     \
    return result

EXPORT ssize_t send(int descriptor, const void *bytes, size_t length, int flags) {
    NEXT(ssize_t, send, int, const void *, size_t, int);
    SEND(next(descriptor, bytes, length, flags), bytes, length);
}
EXPORT ssize_t sendto(
    int descriptor, const void *bytes, size_t length, int flags, const struct sockaddr *address, socklen_t size) {
    NEXT(ssize_t, sendto, int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    SEND(next(descriptor, bytes, length, flags, address, size), bytes, length);
}
EXPORT ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    NEXT(ssize_t, sendmsg, int, const struct msghdr *, int);
    if (power_is_traced()) {
        power_unknown("sendmsg");
    }
    return next(descriptor, message, flags);
}

EXPORT int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags) {
    NEXT(int, accept4, int, struct sockaddr *, socklen_t *, int);
    if (!power_is_traced()) {
        return next(listener, address, length, flags);
    }
    int descriptor = next(listener, address, length, flags), code = errno;
    if (descriptor >= 0) {
        power_lock();
        power_forget(descriptor);
        power_note(POWER_CONNECTION, descriptor, 0, 0, NULL, NULL, NULL, 0);
        power_unlock();
    }
    errno = code;
    return descriptor;
}

// System calls by number: those that would change files unseen are noted as such.
EXPORT long syscall(long number, ...) {
    NEXT(long, syscall, long, ...);
    va_list rest;
    va_start(rest, number);
    long values[6];
    for (int index = 0; index < 6; index++) {
        values[index] = va_arg(rest, long);
    }
    va_end(rest);
    switch (number) {
    case SYS_open: case SYS_openat: case SYS_openat2: case SYS_write: case SYS_pwrite64: case SYS_writev:
    case SYS_pwritev: case SYS_pwritev2: case SYS_ftruncate: case SYS_truncate: case SYS_fallocate: case SYS_rename:
    case SYS_renameat: case SYS_renameat2: case SYS_unlink: case SYS_unlinkat: case SYS_mkdir: case SYS_mkdirat:
    case SYS_rmdir: case SYS_link: case SYS_linkat: case SYS_copy_file_range: case SYS_sendfile: case SYS_io_uring_setup:
    case SYS_io_setup: case SYS_splice: case SYS_sync: case SYS_syncfs: case SYS_fsync: case SYS_fdatasync:
        if (power_is_traced()) {
            power_unknown("syscall");
        }
        break;
    default: break;
    }
    return next(number, values[0], values[1], values[2], values[3], values[4], values[5]);
}

// A hook that is told of each commit how long the log is, and whose program copies it back at so many pages.
struct log_hook {
    int (*hook)(void *, void *, const char *, int);
    void *context;
};

enum { POWER_USUAL_PAGES = 32000 };

static int hooked(void *context, void *database, const char *name, int pages) {
    struct log_hook *told = context;
    return told->hook(told->context, database, name, pages * (POWER_USUAL_PAGES / power_checkpoint()));
}

// The log seems longer than it is, so that a short run sees it written back; what is kept for it stays to the end.
EXPORT void *sqlite3_wal_hook(void *database, int (*hook)(void *, void *, const char *, int), void *context) {
    NEXT(void *, sqlite3_wal_hook, void *, int (*)(void *, void *, const char *, int), void *);
    struct log_hook *told = power_checkpoint() > 0 && hook != NULL ? malloc(sizeof *told) : NULL;
    if (told == NULL) {
        return next(database, hook, context);
    }
    *told = (struct log_hook){hook, context};
    next(database, hooked, told);
    return NULL;
}
