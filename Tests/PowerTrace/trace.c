#define _GNU_SOURCE
#include "power.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[POWER_PATH];
static size_t root_length;
static char fail_file[POWER_PATH];
static char swallowed[32];
static int checkpoint;
static int trace = -1;
static pid_t process;
// The C library's own: this library defines another.
static long (*call)(long, ...);

struct descriptor {
    char *path;
    ino_t inode;
};
static struct descriptor descriptors[POWER_DESCRIPTORS];

static void copy(char *target, size_t size, const char *name) {
    const char *value = getenv(name);
    snprintf(target, size, "%s", value == NULL ? "" : value);
}

__attribute__((constructor)) static void begin(void) {
    char trace_file[POWER_PATH], pages[16];
    copy(root, sizeof root, "POWER_ROOT");
    copy(trace_file, sizeof trace_file, "POWER_TRACE");
    copy(fail_file, sizeof fail_file, "POWER_FAIL");
    copy(swallowed, sizeof swallowed, "POWER_SWALLOW");
    copy(pages, sizeof pages, "POWER_CHECKPOINT");
    checkpoint = atoi(pages);
    call = (long (*)(long, ...))power_lookup("syscall");
    root_length = strlen(root);
    // A shell on the way to the program is not it.
    if (root_length == 0 || getenv("LD_PRELOAD") == NULL || strstr(program_invocation_short_name, "patrond") == NULL) {
        return;
    }
    // What the program starts is not traced.
    unsetenv("LD_PRELOAD");
    if (trace_file[0] != 0) {
        int opened = (int)call(
            SYS_openat, AT_FDCWD, trace_file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
        // Out of the way of the descriptors that are reused all the time.
        trace = opened < 0 ? opened : (int)call(SYS_fcntl, opened, F_DUPFD_CLOEXEC, 900);
        call(SYS_close, opened);
        if (trace < 0) {
            abort();
        }
    }
    process = getpid();
}

void *power_lookup(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        abort();
    }
    return found;
}

bool power_is_traced(void) {
    return process != 0 && getpid() == process;
}

void power_lock(void) {
    pthread_mutex_lock(&lock);
}

void power_unlock(void) {
    pthread_mutex_unlock(&lock);
}

// Takes out "//", "/./" and a slash at the end.
static void tidy(char *path) {
    char *to = path;
    for (const char *from = path; *from != 0; from++) {
        if (from[0] == '/' && (from[1] == '/' || from[1] == 0)) {
            continue;
        }
        if (from[0] == '/' && from[1] == '.' && (from[2] == '/' || from[2] == 0)) {
            from++;
            continue;
        }
        *to++ = *from;
    }
    *to = 0;
}

bool power_path(char *result, int folder, const char *path) {
    if (path == NULL) {
        return false;
    }
    if (path[0] == '/') {
        snprintf(result, POWER_PATH, "%s", path);
    } else {
        char base[POWER_PATH], link[64];
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) {
            return false;
        }
        base[length] = 0;
        if (snprintf(result, POWER_PATH, "%s/%s", base, path) >= POWER_PATH) {
            return false;
        }
    }
    tidy(result);
    return strncmp(result, root, root_length) == 0 && (result[root_length] == '/' || result[root_length] == 0);
}

const char *power_descriptor(int descriptor) {
    if (descriptor < 0 || descriptor >= POWER_DESCRIPTORS || descriptors[descriptor].path == NULL) {
        return NULL;
    }
    // The C library may have closed it in a way that is not seen here, and somebody else have it by now.
    struct stat file;
    if (fstat(descriptor, &file) != 0 || file.st_ino != descriptors[descriptor].inode) {
        power_forget(descriptor);
        return NULL;
    }
    return descriptors[descriptor].path;
}

void power_keep(int descriptor, const char *path) {
    struct stat file;
    if (descriptor < 0 || descriptor >= POWER_DESCRIPTORS || fstat(descriptor, &file) != 0) {
        return;
    }
    free(descriptors[descriptor].path);
    descriptors[descriptor].path = strdup(path);
    descriptors[descriptor].inode = file.st_ino;
}

void power_forget(int descriptor) {
    if (descriptor >= 0 && descriptor < POWER_DESCRIPTORS) {
        free(descriptors[descriptor].path);
        descriptors[descriptor].path = NULL;
    }
}

void power_note(
    uint32_t kind, int descriptor, int64_t value, uint32_t flags, const char *path, const char *other, const void *data,
    size_t length) {
    if (trace < 0) {
        return;
    }
    size_t first = path == NULL ? 0 : strlen(path) + 1, second = other == NULL ? 0 : strlen(other) + 1;
    struct power_step step = {
        .kind = kind,
        .path_length = (uint32_t)(first + second),
        .data_length = (uint32_t)length,
        .descriptor = descriptor,
        .value = value,
        .flags = flags,
    };
    struct iovec parts[] = {
        {&step, sizeof step}, {(void *)path, first}, {(void *)other, second}, {(void *)data, length}};
    // A step that is cut off would be taken for none; the trace's own file is no disk that fills up.
    if (call(SYS_writev, trace, parts, 4) != (long)(sizeof step + first + second + length)) {
        abort();
    }
}

void power_unknown(const char *what) {
    power_note(POWER_UNKNOWN, -1, 0, 0, what, NULL, NULL, 0);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return tail <= length && strcmp(text + length - tail, end) == 0;
}

bool power_swallows(int descriptor) {
    struct stat file;
    const char *path = power_descriptor(descriptor);
    if (swallowed[0] == 0 || path == NULL) {
        return false;
    }
    if (strcmp(swallowed, "journal") == 0) {
        return ends_with(path, ".journal");
    }
    if (strcmp(swallowed, "log") == 0) {
        return ends_with(path, "-wal");
    }
    return strcmp(swallowed, "folder") == 0 && fstat(descriptor, &file) == 0 && S_ISDIR(file.st_mode);
}

bool power_fails(const char *kind, int descriptor) {
    char text[POWER_PATH], path[POWER_PATH];
    if (fail_file[0] == 0) {
        return false;
    }
    int opened = (int)call(SYS_openat, AT_FDCWD, fail_file, O_RDONLY | O_CLOEXEC);
    if (opened < 0) {
        return false;
    }
    ssize_t length = call(SYS_read, opened, text, sizeof text - 1);
    call(SYS_close, opened);
    text[length < 0 ? 0 : length] = 0;
    power_lock();
    const char *known = power_descriptor(descriptor);
    snprintf(path, sizeof path, "%s", known == NULL ? "" : known);
    power_unlock();
    if (path[0] == 0) {
        return false;
    }
    char *rest = text;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        size_t word = strlen(kind);
        if (strncmp(line, kind, word) == 0 && line[word] == ' ' && ends_with(path, line + word + 1)) {
            return true;
        }
    }
    return false;
}

int power_checkpoint(void) {
    return process == 0 ? 0 : checkpoint;
}
