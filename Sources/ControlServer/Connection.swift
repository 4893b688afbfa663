import CSystem
import Glibc
import Polling
import Synchronization
import Wire

/// One client's socket with what has been read and not yet cut, and what waits to be written.
///
/// Lives on the loop's thread only.
final class Connection {
    let token: UInt64
    let descriptor: Int32
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

    private let limits: ServerLimits
    private let counters: ServerCounters
    private var cutter = LineCutter()
    private var input = ByteQueue()
    private var output = ByteQueue()
    private var inFlight = 0
    /// Whether lines wait to be cut that may be: the others had to have their turn.
    private(set) var isCutPending = false
    /// Whether the client has sent its first byte.
    private var hasBegun = false
    /// The client has ended its side, or the server drains: what has been delivered is still answered.
    private var isInputOver = false
    /// Output waits that answers no line, and its end is to be told.
    private var isDrainAwaited = false
    /// The conversation has asked to close behind the output.
    private var isClosing = false

    init(
        token: UInt64, descriptor: Int32, peer: Peer, conversation: any Conversation, outlet: ConnectionOutlet,
        limits: ServerLimits, counters: ServerCounters
    ) {
        self.token = token
        self.descriptor = descriptor
        self.peer = peer
        self.conversation = conversation
        self.outlet = outlet
        self.limits = limits
        self.counters = counters
    }

    /// Bytes that wait to be written.
    var waitingOutput: Int { output.count }

    /// Whether nothing is left to do for the client, once ``resume()`` has cut what it may.
    var isFinished: Bool { output.isEmpty && (isClosing || (isInputOver && inFlight == 0 && !isCutPending)) }

    /// What it should be watched for.
    var wantedInterest: Poller.Interest {
        var interest: Poller.Interest = []
        if !isInputOver && mayCut { interest.insert(.input) }
        if !output.isEmpty { interest.insert(.output) }
        return interest
    }

    /// Whether another line may be handed to the conversation.
    private var mayCut: Bool {
        inFlight < limits.inFlight && output.count <= limits.outputSoft && !outlet.isClosing
    }

    /// Reads once and cuts what came; false when the connection is broken.
    func read(through buffer: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard !isInputOver, mayCut else { return true }
        let length = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard length > 0 else {
            if length == 0 { isInputOver = true }
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
        guard !input.isEmpty, mayCut else { return }
        let taken = input.withBytes { cut($0) }
        input.drop(taken)
    }

    /// Stops reading; lines that were read but not delivered are dropped.
    func endInput() {
        isInputOver = true
        isCutPending = false
        input = ByteQueue()
    }

    /// Queues what an outlet sent.
    func accept(_ delivery: Delivery) {
        guard !isClosing else { return }
        inFlight = max(0, inFlight - delivery.answered)
        if !delivery.bytes.isEmpty { output.append(delivery.bytes) }
        if delivery.answered == 0, !delivery.bytes.isEmpty { isDrainAwaited = true }
        isClosing = delivery.isLast
    }

    /// Tells the conversation once the client has taken what answered no line.
    func tellIfDrained() {
        guard isDrainAwaited, output.isEmpty, !isClosing else { return }
        isDrainAwaited = false
        conversation.outputDrained()
    }

    /// Writes as much as the socket takes; false when the connection is broken.
    func flush() -> Bool {
        guard !output.isEmpty else { return true }
        let length = output.withBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
        if length > 0 {
            output.drop(length)
            counters.bytesOut.wrappingAdd(length, ordering: .relaxed)
            stalledSince = nil
        } else if errno != EAGAIN, errno != EINTR {
            return false
        }
        if !output.isEmpty, stalledSince == nil { stalledSince = .now }
        return true
    }

    /// Hands out lines as long as they may be; returns how many bytes are done with.
    private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        var count = 0
        isCutPending = false
        while mayCut {
            guard count < Self.linesPerTurn else {
                isCutPending = true
                return offset
            }
            count += 1
            switch cutter.next(in: bytes, at: &offset, limit: conversation.lineLimit) {
            case .line(let line):
                counters.lines.wrappingAdd(1, ordering: .relaxed)
                if conversation.receive(line) { inFlight += 1 }
            case .overlong(let length):
                counters.lines.wrappingAdd(1, ordering: .relaxed)
                inFlight += 1
                conversation.receiveOverlong(length: length)
            case .unfinished:
                return offset
            }
        }
        return offset
    }
}
