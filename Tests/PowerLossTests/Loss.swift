import TestSupport

/// A loss of power: when it was, and what the disk kept of what was not synced.
struct Loss: CustomStringConvertible {
    enum Extent: Equatable {
        /// All is kept, as where only the program dies.
        case nothing
        /// Nothing is kept that was not synced.
        case everything
        /// Each sector is kept with this probability.
        case sectors(Double)
        /// Of some files everything is kept, of some nothing, of some a part.
        case files
    }

    /// What draws everything that is left to chance.
    let seed: UInt64
    /// The first step that did not happen.
    let cut: Int
    let extent: Extent

    /// Draws a loss.
    init(seed: UInt64, of disk: Disk) {
        var random = SeededGenerator(seed: seed)
        let count = disk.trace.steps.count
        // Right behind what was told, synced or renamed is where something may be missing.
        let turn = random.pick(disk.turns) + 1 + random.below(3)
        cut = random.below(3) == 0 ? random.below(count + 1) : min(turn, count)
        extent =
            switch random.below(8) {
            case 0: .nothing
            case 1, 2: .everything
            case 3, 4: .files
            default: .sectors(random.pick([0.05, 0.5, 0.95]))
            }
        self.seed = seed
    }

    /// A loss of a kind at a place.
    init(at cut: Int, _ extent: Extent, seed: UInt64 = 1) {
        (self.cut, self.extent, self.seed) = (cut, extent, seed)
    }

    var description: String { "seed \(seed), cut before step \(cut), lost: \(extent)" }
}
