/// How much may be open at a time.
public struct OpenLimit: Sendable {
    /// Tenants whose databases are open.
    public var tenants: Int
    /// Connections that change something, which go from one tenant to another.
    public var connections: Int
    /// Descriptors that all tenants have.
    public var descriptors: Int

    /// Without the others only tenants are counted.
    public init(tenants: Int, connections: Int = .max, descriptors: Int = .max) {
        self.tenants = tenants
        self.connections = connections
        self.descriptors = descriptors
    }

    /// What stays once it was exceeded, so many parts of `divisor` less: whoever looks for what goes finds some at once.
    func reduced(by parts: Int, of divisor: Int) -> OpenLimit {
        func reduced(_ count: Int) -> Int { count - count / divisor * parts }
        return OpenLimit(tenants: reduced(tenants), connections: connections, descriptors: reduced(descriptors))
    }
}
