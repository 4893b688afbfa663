internal import Foundation

/// A plugin that does what its orders tell it, good or bad: a program in Python, written into a folder of a test.
public struct TestPlugin {
    /// The folder that holds the plugin's.
    public let plugins: String
    /// The plugin's id.
    public let id: String
    private let python: String

    /// Writes the plugin's folder.
    ///
    /// - Parameters:
    ///   - id: What it is called.
    ///   - plugins: Where its folder is made.
    ///   - changes: Members of the manifest, as JSON text, in place of the usual ones.
    /// - Throws: `XCTSkip` where there is no Python; what the file system says.
    public init(_ id: String = "stall", in plugins: String, changes: [String: String] = [:]) throws {
        python = try Python.require()
        self.plugins = plugins
        self.id = id
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.program.write(toFile: "\(folder)/stall.py", atomically: true, encoding: .utf8)
        try write(changes)
    }

    /// The plugin's folder.
    public var folder: String { "\(plugins)/\(id)" }

    /// Writes the manifest anew.
    ///
    /// - Throws: What the file system says.
    public func write(_ changes: [String: String]) throws {
        let table = "\(id.replacingOccurrences(of: "-", with: "_"))__sale"
        var members = [
            "id": "\"\(id)\"", "version": "\"1.0.0\"", "title": "\"Market stall\"", "api": "[1,1]",
            "command": "[\"\(python)\",\"-S\",\"-E\",\"stall.py\"]",
            "capabilities": "[\"anonymous-orders\",\"own-external-ids\"]",
            "states": #"[{"name":"sold","state":"completed"},{"name":"void","state":"cancelled"}]"#,
            "settings": #"[{"name":"greeting","type":"text","default":"hello","summary":"what it says"}]"#,
            "personal_details": #"["phone"]"#, "lines": #"[{"label":"Place","path":"place"}]"#,
            "migrations": """
            [{"name":"1: sales","sql":"CREATE TABLE \(table) (order_id INTEGER PRIMARY KEY REFERENCES \
            customer_order (id) ON DELETE CASCADE, place TEXT NOT NULL, seat TEXT UNIQUE, phone TEXT) STRICT"}]
            """,
            "tables": """
            [{"name":"\(table)","columns":{"order_id":"order","place":"plain","seat":"plain","phone":"personal"}}]
            """,
            "verbs": """
            [{"name":"count","summary":"counts the sales of a place","parameters":[\
            {"name":"place","type":"text","required":true,"summary":"the place"}]},\
            {"name":"sell","summary":"sells without an order","changing":true,"parameters":[\
            {"name":"ext","type":"text","required":true,"summary":"the receipt"},\
            {"name":"mode","type":"text","summary":"what to do"}]}]
            """,
        ]
        members.merge(changes) { $1 }
        let text = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",\n")
        try "{\(text)}\n".write(toFile: "\(folder)/plugin.json", atomically: true, encoding: .utf8)
    }

    private static let program = #"""
        import json, os, signal, subprocess, sys, time

        out = sys.stdout.buffer
        plugin, table = "", ""
        tenants = {}
        held = []

        def send(message):
            message["jsonrpc"] = "2.0"
            out.write(json.dumps(message).encode() + b"\n")
            out.flush()

        def read():
            line = sys.stdin.buffer.readline()
            if not line:
                sys.exit(0)
            return json.loads(line)

        def ask(method, **params):
            send({"id": "q", "method": method, "params": params})
            while True:
                message = read()
                if message.get("id") == "q" and "method" not in message:
                    return message
                later.append(message)

        later = []

        class Refused(Exception):
            pass

        def refuse(code, slug, message, **data):
            raise Refused({"code": code, "message": message, "data": dict(data, slug=slug)})

        def misbehave(mode, id):
            if mode == "crash":
                os._exit(3)
            if mode == "hang":
                while True:
                    time.sleep(3600)
            if mode == "flood":
                while True:
                    out.write(b"x" * 65536 + b"\n")
            if mode == "strays":
                out.write(b"what is this\n[1]\n\n{\"id\":987654321,\"result\":{}}\n{\"id\":null}\n\xff\xfe\n")
            if mode == "half":
                out.write(b"{\"jsonrpc\":\"2.0\",\"id\":")
                out.flush()
                os._exit(0)
            if mode == "long":
                out.write(b"{\"x\":\"" + b"y" * (2 << 20) + b"\"}\n")
            if mode == "twice":
                send({"id": id, "result": {}})
            if mode == "grandchild":
                subprocess.Popen(["sleep", "3600"])
            if mode == "grandchild-crash":
                subprocess.Popen(["sleep", "3600"])
                os._exit(4)
            if mode in ("daemon", "daemon-crash"):
                subprocess.Popen(["/bin/sh", "-c", "sleep 3600 & exec sleep 3600"], start_new_session=True, env={})
            if mode == "daemon-crash":
                os._exit(4)
            if mode == "eat-memory":
                del bytearray(1 << 30)[0]
            if mode == "eat-files":
                held.extend(open("stall.py") for _ in range(100))
            if mode == "eat-time":
                while True:
                    pass
            if mode == "close-stdin":
                os.close(0)
                time.sleep(3600)
            if mode == "close-stdout":
                os.close(1)
                time.sleep(3600)
            if mode == "nonsense":
                send({"id": id, "result": {"data": 7}})
                return True
            if mode == "sql":
                send({"id": id, "result": {"data": [{"sql": "DELETE FROM customer"}]}})
                return True
            if mode == "unknown-code":
                send({"id": id, "error": {"code": 7, "message": "no idea"}})
                return True
            if mode == "complain":
                sys.stderr.write("something is odd\n")
            return False

        def translate(params):
            details, order = params["details"], params["order"]
            place = details.get("place")
            if not place:
                refuse(422, "incomplete", "missing: place", missing=["place"])
            if place == "nowhere":
                refuse(409, "no-such-place", "there is no such place", place=place)
            result = {"order": {}, "warnings": []}
            if "ext" in details:
                result["order"]["ext"] = details["ext"]
            if details.get("paid"):
                result["order"]["paid"] = "all"
            if details.get("agreed"):
                result["order"]["consent"] = [{"purpose": details["agreed"], "wording": "v1"}]
            if details.get("charges"):
                result["order"]["charges"] = details["charges"]
            if details.get("echo"):
                result["warnings"].append(json.dumps(tenants.get(params["tenant"])))
            sale = {"sql": "INSERT INTO %s (order_id, place, seat, phone) VALUES (?, ?, ?, ?)" % table,
                    "values": [{"of": "order"}, place, details.get("seat"), details.get("phone")]}
            if "seat" in details:
                sale["refusal"] = {"code": 409, "message": "this seat is sold", "data": {"slug": "seat-taken"}}
            result["data"] = [sale]
            if details.get("note"):
                result["timeline"] = [{"event": "sold", "customer": {"of": "customer"}, "order": {"of": "order"},
                                       "data": {"place": place}}]
            if details.get("wake"):
                result["wake"] = details["wake"]
            if details.get("look"):
                seen = ask("customer.match", call=params["call"], customer={"email": details["look"]})
                result["warnings"].append(json.dumps(seen.get("result", seen.get("error"))))
            return result

        def perform(params):
            arguments = params["arguments"]
            if params["verb"] == "count":
                seen = ask("data.query", call=params["call"],
                           sql="SELECT count(*) FROM %s WHERE place = ?" % table, values=[arguments["place"]])
                return {"answer": {"sales": seen["result"]["rows"][0][0], "greeting": tenants[params["tenant"]]}}
            if arguments.get("mode") == "stale":
                return {"data": [{"sql": "UPDATE %s SET place = 'x' WHERE order_id = -1" % table, "expect": 1}]}
            return {"orders": [{"ext": arguments["ext"], "total": "5.00", "paid": "all", "details": {"place": "own"}}],
                    "answer": {"order": {"of": "orders.0"}}}

        def handle(message):
            global plugin, table
            method, params, id = message["method"], message.get("params", {}), message["id"]
            mode = params.get("details", {}).get("mode") or params.get("arguments", {}).get("mode")
            try:
                if mode and misbehave(mode, id):
                    return
                if method == "initialize":
                    plugin = params["plugin"]
                    table = plugin.replace("-", "_") + "__sale"
                    if os.path.exists("broken"):
                        os._exit(5)
                    result = {"plugin": plugin, "api": 1}
                elif method == "tenant.open":
                    if params["settings"]["greeting"] == "bad":
                        refuse(422, "bad-greeting", "this greeting is not liked")
                    tenants[params["tenant"]] = params["settings"]["greeting"]
                    result = {}
                elif method == "tenant.close":
                    tenants.pop(params["tenant"], None)
                    result = {}
                elif method == "translate":
                    result = translate(params)
                elif method == "perform":
                    result = perform(params)
                elif method == "deliver":
                    log = os.path.join(os.getcwd(), "delivered")
                    with open(log, "a") as file:
                        for event in params["events"]:
                            file.write("%d %s\n" % (event["seq"], event["topic"]))
                    result = {"seq": params["events"][-1]["seq"]}
                elif method == "wake":
                    result = {"timeline": [{"event": "woken", "data": {"at": params["at"]}}]}
                elif method in ("ping", "shutdown"):
                    result = {}
                else:
                    return send({"id": id, "error": {"code": -32601, "message": "no such method"}})
                if mode == "hold":
                    held.append({"id": id, "result": result})
                    return
                send({"id": id, "result": result})
                if mode == "deaf":
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    while True:
                        time.sleep(3600)
                if mode == "release":
                    while held:
                        send(held.pop())
                if method == "shutdown":
                    sys.exit(0)
            except Refused as refused:
                send({"id": id, "error": refused.args[0]})

        while True:
            handle(later.pop(0) if later else read())
        """#
}
