import Foundation

/// How the files of a folder came to be, from which the folder can be made as any loss of power leaves it.
///
/// What is promised to survive: the bytes and the length of a file that were there when a sync of it began that has
/// returned, and the names in a folder that were there when a sync of the folder began that has returned. A file's sync
/// keeps no name, although ext4 and XFS keep that of a new file with it: SQLite does not rely on it either, it syncs the
/// folder of a new log or journal. A renaming from one folder to another is kept in both or in none.
struct Disk {
    enum Change {
        case bytes(offset: Int, Range<Int>)
        case length(Int)
    }

    /// Names that come and go in one step.
    struct Naming {
        let step: Int
        let edits: [(name: String, node: Int?)]
        /// The other folder of a renaming.
        let twin: Int?
    }

    /// A file or a folder.
    struct Node {
        let isFolder: Bool
        /// What was in it at the beginning, and safe.
        var content: [UInt8] = []
        var names: [String: Int] = [:]
        var changes: [(step: Int, change: Change)] = []
        var namings: [Naming] = []
        /// The steps at which syncs began and had returned.
        var syncs: [(begin: Int, end: Int)] = []

        /// What was done before this step is safe at a cut.
        func safeStep(at cut: Int) -> Int {
            var safe = 0
            for sync in syncs where sync.end < cut { safe = max(safe, sync.begin) }
            return safe
        }
    }

    /// The folder itself is the first.
    private(set) var nodes = [Node(isFolder: true)]
    let trace: Trace
    /// The steps behind which something of interest has just happened.
    private(set) var turns: [Int] = []
    /// The names as the program sees them.
    private var tree: [Int: [String: Int]] = [0: [:]]
    private var open: [Int32: Int] = [:]
    private var syncing: [Int64: (node: Int, begin: Int)] = [:]

    /// - Parameters:
    ///   - trace: What was done.
    ///   - base: A copy of the folder as it was before; nil when it was empty.
    /// - Throws: ``Trace/Unreadable`` where the trace does not fit itself.
    init(_ trace: Trace, base: String? = nil) throws {
        self.trace = trace
        if let base { try load(base, into: 0) }
        for (number, step) in trace.steps.enumerated() { try take(step, number) }
    }

    private mutating func load(_ path: String, into folder: Int) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            let child = "\(path)/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: child, isDirectory: &isFolder)
            let node = add(isFolder: isFolder.boolValue)
            nodes[folder].names[name] = node
            tree[folder]?[name] = node
            if isFolder.boolValue {
                try load(child, into: node)
            } else {
                nodes[node].content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: child)))
            }
        }
    }

    private mutating func add(isFolder: Bool) -> Int {
        nodes.append(Node(isFolder: isFolder))
        if isFolder { tree[nodes.count - 1] = [:] }
        return nodes.count - 1
    }

    private mutating func take(_ step: Trace.Step, _ number: Int) throws {
        switch step.kind {
        case .open: try opened(step, number)
        case .close: open[step.descriptor] = nil
        case .duplicate: open[Int32(step.value)] = open[step.descriptor]
        case .write:
            let node = try node(of: step)
            nodes[node].changes.append((number, .bytes(offset: Int(step.value), step.data)))
        case .length:
            let node = try node(of: step)
            nodes[node].changes.append((number, .length(Int(step.value))))
        case .rename: try renamed(step, number)
        case .link:
            let (folder, name) = try place(step.other)
            let (other, oldName) = try place(step.path)
            note(number, folder, [(name, tree[other]?[oldName])])
        case .unlink, .removeFolder:
            let (folder, name) = try place(step.path)
            note(number, folder, [(name, nil)])
        case .makeFolder:
            let (folder, name) = try place(step.path)
            note(number, folder, [(name, add(isFolder: true))])
        case .syncBegins: syncing[step.value] = (try node(of: step), number)
        case .syncEnds:
            guard let sync = syncing.removeValue(forKey: step.value), !step.hasFailed else { return }
            nodes[sync.node].syncs.append((sync.begin, number))
            turns.append(number)
        case .answer: turns.append(number)
        case .connection: open[step.descriptor] = nil
        case .unknown: break
        }
    }

    private mutating func opened(_ step: Trace.Step, _ number: Int) throws {
        guard !step.path.isEmpty else {
            open[step.descriptor] = 0
            return
        }
        let (folder, name) = try place(step.path)
        if step.isCreation { note(number, folder, [(name, add(isFolder: false))]) }
        guard let node = tree[folder]?[name] else { throw Trace.Unreadable(reason: "\(step.path) is not there") }
        if step.isTruncation { nodes[node].changes.append((number, .length(0))) }
        open[step.descriptor] = node
    }

    private mutating func renamed(_ step: Trace.Step, _ number: Int) throws {
        let (from, name) = try place(step.path)
        let (to, newName) = try place(step.other)
        let node = tree[from]?[name]
        if from == to {
            note(number, from, [(name, nil), (newName, node)])
        } else {
            note(number, from, [(name, nil)], twin: to)
            note(number, to, [(newName, node)], twin: from)
        }
    }

    private mutating func note(_ step: Int, _ folder: Int, _ edits: [(name: String, node: Int?)], twin: Int? = nil) {
        nodes[folder].namings.append(Naming(step: step, edits: edits, twin: twin))
        for edit in edits { tree[folder]?[edit.name] = edit.node }
        turns.append(step)
    }

    private func node(of step: Trace.Step) throws -> Int {
        guard let node = open[step.descriptor] else {
            throw Trace.Unreadable(reason: "descriptor \(step.descriptor) is nobody's")
        }
        return node
    }

    /// The folder and the name of a path.
    private func place(_ path: String) throws -> (folder: Int, name: String) {
        var parts = path.split(separator: "/").map(String.init)
        guard let name = parts.popLast() else { throw Trace.Unreadable(reason: "no name in \(path)") }
        var folder = 0
        for part in parts {
            guard let next = tree[folder]?[part] else { throw Trace.Unreadable(reason: "\(path) is nowhere") }
            folder = next
        }
        return (folder, name)
    }
}
