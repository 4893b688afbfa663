#ifndef POWER_TRACE_H
#define POWER_TRACE_H

#include <stdint.h>

// What a program does to the files of a folder, and what it tells on sockets, in the order in which it happens.
//
// Loaded into the program with LD_PRELOAD. It is told by the environment:
//   POWER_ROOT        the folder, as an absolute path
//   POWER_TRACE       the file to write the trace to; nothing is traced without it
//   POWER_SWALLOW     syncs that are answered and not done: "journal", "log" or "folder"
//   POWER_FAIL        a file with lines such as "sync acme/registry.sqlite-wal": calls of this kind (sync, write, read) on
//                     files whose paths end so fail with EIO for as long as the line stands there
//   POWER_CHECKPOINT  after how many pages a log looks to the program like one of 32,000
//
// A step is this header, then its path or its two paths, each with a zero at its end, then its data. Changes are made and
// noted under one lock. A sync makes two steps: what was changed before the first is on the disk once the second is noted.
struct power_step {
    uint32_t kind;
    // The bytes of the paths.
    uint32_t path_length;
    uint32_t data_length;
    int32_t descriptor;
    // Of a change: where in the file. Of a new length: how long. Of a sync: its number.
    int64_t value;
    // Of an opening: POWER_CREATED, POWER_TRUNCATED. Of the end of a sync: 1 when it failed.
    uint32_t flags;
    uint32_t reserved;
};

enum {
    POWER_OPEN = 1,
    POWER_CLOSE = 2,
    POWER_DUPLICATE = 3,
    POWER_WRITE = 4,
    POWER_LENGTH = 5,
    POWER_RENAME = 6,
    POWER_UNLINK = 7,
    POWER_MAKE_FOLDER = 8,
    POWER_REMOVE_FOLDER = 9,
    POWER_LINK = 10,
    POWER_SYNC_BEGINS = 11,
    POWER_SYNC_ENDS = 12,
    // Bytes that left through a socket.
    POWER_ANSWER = 13,
    // A descriptor that was given to a connection.
    POWER_CONNECTION = 14,
    // Something this library does not know to trace; its path says what.
    POWER_UNKNOWN = 15,
};

enum { POWER_CREATED = 1, POWER_TRUNCATED = 2 };

#endif
