#ifndef FILELIST_H
#define FILELIST_H

// What SQLite's list of open files is made of is allocated between these, on the calling thread.
void filelist_begin(void);
void filelist_end(void);

#endif
