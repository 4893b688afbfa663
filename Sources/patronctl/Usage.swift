/// What `--help` prints.
enum Usage {
    static let text = """
        usage: patronctl [--socket PATH] [--tenant T] [--as STAFF] [--json] VERB [ARGUMENT ...]
               patronctl [options] - < lines
               patronctl completion bash|zsh

        Sends one request to patrond and shows its answer. 'patronctl help' lists the verbs.

        ARGUMENT  name=value, or a value alone; complete JSON ({…}, […], "…") stays JSON.
        -         sends the lines of standard input as they are, without waiting in between.
        completion  prints a script that completes verbs and names: source it in the shell.

        --socket PATH   the daemon's socket (PATRON_SOCKET; run/patron.sock)
        --tenant T      whom the request is for (PATRON_TENANT)
        --as STAFF      in whose name
        --json          rows, objects, events and errors as lines of JSON
        --version       what this is
        --help          this text

        Tables go to standard output, aligned on a terminal, otherwise parted by tabs; what a list ends with,
        progress and errors go to standard error. After event.watch, events are shown until interrupted.

        exit status: 0 done, 1 refused, 2 no connection or connection lost, 3 wrong usage

        """
}
