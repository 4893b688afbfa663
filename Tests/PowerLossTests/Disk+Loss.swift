import Foundation
import TestSupport

extension Disk {
    /// A folder's names after a loss.
    private struct Kept {
        /// How many of its namings happened before the cut.
        let happened: Int
        var kept: Int
    }

    /// Makes a folder as the disk has it after a loss.
    func make(_ path: String, after loss: Loss) throws {
        var random = SeededGenerator(seed: loss.seed &+ 0x5EED)
        var folders = namings(after: loss, &random)
        keepTwins(&folders)
        try makeFolder(0, at: path, folders, loss, &random)
    }

    private func namings(after loss: Loss, _ random: inout SeededGenerator) -> [Int: Kept] {
        var folders: [Int: Kept] = [:]
        for (index, node) in nodes.enumerated() where node.isFolder {
            let safeStep = node.safeStep(at: loss.cut)
            let happened = node.namings.prefix { $0.step < loss.cut }.count
            let safe = node.namings.prefix { $0.step < safeStep }.count
            let kept =
                switch loss.extent {
                case .nothing: happened
                case .everything: safe
                case .sectors, .files: safe + random.below(happened - safe + 1)
                }
            folders[index] = Kept(happened: happened, kept: kept)
        }
        return folders
    }

    /// A renaming that one folder has, the other has too.
    private func keepTwins(_ folders: inout [Int: Kept]) {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (index, folder) in folders {
                for naming in nodes[index].namings.prefix(folder.kept) {
                    guard let twin = naming.twin, let other = folders[twin] else { continue }
                    let needed = nodes[twin].namings.prefix { $0.step <= naming.step }.count
                    guard other.kept < needed else { continue }
                    folders[twin]?.kept = needed
                    isSettled = false
                }
            }
        }
    }

    private func makeFolder(
        _ node: Int, at path: String, _ folders: [Int: Kept], _ loss: Loss, _ random: inout SeededGenerator
    ) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var names = nodes[node].names
        for naming in nodes[node].namings.prefix(folders[node]?.kept ?? 0) {
            for edit in naming.edits { names[edit.name] = edit.node }
        }
        // In the order of their names, so that a seed draws the same for each.
        for (name, child) in names.sorted(by: { $0.key < $1.key }) {
            if nodes[child].isFolder {
                try makeFolder(child, at: "\(path)/\(name)", folders, loss, &random)
            } else if !name.hasSuffix("-shm") {
                // The index of a log is memory that all who have the database open share: it is made anew.
                try makeFile(nodes[child], at: "\(path)/\(name)", loss, &random)
            }
        }
    }

    private func makeFile(_ node: Node, at path: String, _ loss: Loss, _ random: inout SeededGenerator) throws {
        var file = DiskFile(node.content)
        let safeStep = node.safeStep(at: loss.cut)
        let probability: Double
        switch loss.extent {
        case .nothing: probability = 1
        case .everything: probability = 0
        case .sectors(let share): probability = share
        case .files: probability = random.pick([0, 0.5, 1])
        }
        trace.bytes.withUnsafeBytes { bytes in
            var number = 0
            while number < node.changes.count, node.changes[number].step < safeStep {
                file.keep(node.changes[number].change, bytes)
                number += 1
            }
            let rest = node.changes[number...].prefix { $0.step < loss.cut }
            file.lose(rest.map(\.change), keeping: probability, bytes, &random)
        }
        try file.write(to: path)
    }
}
