/// How much the server grants its clients before it refuses, waits or hangs up.
public struct ServerLimits: Sendable, Equatable {
    /// Connections at the same time, all users together.
    public var connections: Int
    /// Connections at the same time of one user id; operators are not bound by it.
    public var connectionsPerUser: Int
    /// How many of ``connections`` only an operator may take, so that a full daemon can still be looked into.
    public var reservedForOperator: Int
    /// Lines of one connection that await their answers before the server stops reading it; above 0.
    public var inFlight: Int
    /// Bytes of waiting output of one connection above which the server stops reading it.
    public var outputSoft: Int
    /// Bytes of waiting output of one connection above which the server hangs up.
    public var outputHard: Int
    /// Seconds without a byte accepted, while output waits, after which the server hangs up.
    public var stallSeconds: Int

    /// Takes the protocol's limits where nothing else is said.
    public init(
        connections: Int = 1024, connectionsPerUser: Int = 64, reservedForOperator: Int = 16, inFlight: Int = 64,
        outputSoft: Int = 1 << 20, outputHard: Int = 8 << 20, stallSeconds: Int = 30
    ) {
        precondition(inFlight > 0, "a connection must be allowed a line")
        self.connections = connections
        self.connectionsPerUser = connectionsPerUser
        self.reservedForOperator = reservedForOperator
        self.inFlight = inFlight
        self.outputSoft = outputSoft
        self.outputHard = outputHard
        self.stallSeconds = stallSeconds
    }
}
