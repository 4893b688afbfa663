import Foundation

/// Measures what the daemon holds in memory for tenants and connections that do nothing.
struct IdleBench {
    private let options: IdleOptions
    private let scratch: Scratch

    init(_ options: IdleOptions, in scratch: Scratch) {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
    }

    func run() throws {
        let names = (1...options.tenants).map { "t\($0)" }
        try scratch.withFolder("patrond") { folder in
            try create(names, in: folder)
            let daemon = try DaemonProcess(in: folder, scratch: scratch)
            defer { daemon.stop() }
            let started = try ResidentMemory(of: daemon.pid)
            var connections: [ClientSocket] = []
            for _ in 0..<options.connections { connections.append(try ClientSocket(path: daemon.socket)) }
            // Every connection speaks once, every tenant is spoken of once, no tenant's file is opened.
            for request in 0..<max(names.count, connections.count) {
                try connections[request % connections.count].ask("@\(names[request % names.count]) whoami")
            }
            let idle = try ResidentMemory(of: daemon.pid)
            say("started: \(started)")
            say("\(connections.count) connections, \(names.count) tenants: \(idle)")
            say("resident \(idle.residentMB) MB")
        }
    }

    private func create(_ names: [String], in folder: String) throws {
        let daemon = try DaemonProcess(in: folder, scratch: scratch)
        defer { daemon.stop() }
        try daemon.createTenants(names)
    }
}
