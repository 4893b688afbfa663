import Glibc
import Polling
import Synchronization
import Wire

/// One client's socket with what has been read and not yet cut; its outlet has what waits to be written.
///
/// Lives on the loop's thread only.
final class Connection {
    let token: UInt64
    let peer: Peer
    let conversation: any Conversation
    let outlet: ConnectionOutlet

    /// Whether it waits for the loop to serve it.
    var isDue = false
    /// Whether the poller has said that there is something to read.
    var isReadable = false
    /// How much of the loop's time it has taken lately.
    var usage = Usage()
    /// With whom it shares its part of that.
    var party = Party(name: nil)
    /// What the poller watches it for now.
    var interest: Poller.Interest = []
    /// Since when output waits without a byte accepted; nil while none waits.
    private(set) var stalledSince: ContinuousClock.Instant?

    /// So many lines are handed out before the others have their turn.
    private static let linesPerTurn = 4

    private let counters: ServerCounters
    private var cutter = LineCutter()
    private var input = ByteQueue()
    /// Whether lines wait to be cut that may be: the others had to have their turn.
    private(set) var isCutPending = false
    /// Whether bytes wait to be cut that may not be: for answers, or for room in the output.
    private var isHeldBack = false
    /// Whether the client has sent its first byte.
    private var hasBegun = false
    /// The client has ended its side, or the server drains: what has been delivered is still answered.
    private var isInputOver = false

    init(
        token: UInt64, peer: Peer, conversation: any Conversation, outlet: ConnectionOutlet, counters: ServerCounters
    ) {
        self.token = token
        self.peer = peer
        self.conversation = conversation
        self.outlet = outlet
        self.counters = counters
    }

    var descriptor: Int32 { outlet.descriptor }

    /// Bytes that wait to be written.
    var waitingOutput: Int { outlet.waiting }

    /// What it is to be watched for; nil when nothing is left to do for the client, once ``resume()`` has cut what it may.
    func nextInterest() -> Poller.Interest? { outlet.nextInterest(hasLines: isCutPending || isHeldBack) }

    /// Reads once and cuts what came; false when the connection is broken.
    func read(through buffer: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard !isInputOver, outlet.mayHandOut() else { return true }
        let length = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard length > 0 else {
            if length == 0 { noteInputIsOver() }
            return length == 0 || errno == EAGAIN || errno == EINTR
        }
        counters.bytesIn.wrappingAdd(length, ordering: .relaxed)
        if !hasBegun {
            hasBegun = true
            guard conversation.mayBegin(with: buffer[0]) else { return false }
        }
        let chunk = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<length])
        if input.isEmpty {
            let taken = cut(chunk)
            if taken < length { input.append(UnsafeBufferPointer(rebasing: chunk[taken...])) }
        } else {
            input.append(chunk)
            resume()
        }
        return true
    }

    /// Cuts what had to wait for answers, for room in the output, or for others' turns.
    func resume() {
        isCutPending = false
        isHeldBack = false
        guard !input.isEmpty else { return }
        let taken = input.withBytes { cut($0) }
        input.drop(taken)
    }

    /// Stops reading; lines that were read but not delivered are dropped.
    func endInput() {
        noteInputIsOver()
        isCutPending = false
        isHeldBack = false
        input = ByteQueue()
    }

    private func noteInputIsOver() {
        isInputOver = true
        outlet.endInput()
    }

    /// Tells the conversation once the client has taken what answered no line.
    func tellIfDrained() {
        if outlet.takeDrain() { conversation.outputDrained() }
    }

    /// Writes as much as the socket takes; false when the connection is broken.
    func flush() -> Bool {
        guard let written = outlet.write(if: { _ in true }) else { return true }
        if written.taken > 0 { stalledSince = nil }
        if written.left > 0, stalledSince == nil { stalledSince = .now }
        return !written.isBroken
    }

    /// Hands out lines as long as they may be; returns how many bytes are done with.
    private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        var count = 0
        isCutPending = false
        isHeldBack = false
        outlet.noteHandingOut(true)
        defer { outlet.noteHandingOut(false) }
        while outlet.mayHandOut() {
            guard count < Self.linesPerTurn else {
                isCutPending = true
                return offset
            }
            count += 1
            switch cutter.next(in: bytes, at: &offset, limit: conversation.lineLimit) {
            case .line(let line):
                counters.lines.wrappingAdd(1, ordering: .relaxed)
                outlet.beginLine()
                if !conversation.receive(line) { outlet.dropLine() }
            case .overlong(let length):
                counters.lines.wrappingAdd(1, ordering: .relaxed)
                outlet.beginLine()
                conversation.receiveOverlong(length: length)
            case .unfinished:
                return offset
            }
        }
        isHeldBack = offset < bytes.count
        return offset
    }
}
