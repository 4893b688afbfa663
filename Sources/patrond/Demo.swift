internal import ControlClient
internal import Foundation

/// Shows what the daemon does: five channels register orders, one customer comes out of it.
struct Demo {
    private let options: ServeOptions
    private let isOnce: Bool

    init(_ options: ServeOptions, isOnce: Bool) {
        self.options = options
        self.isOnce = isOnce
    }

    /// A place for tenants that nobody needs afterwards.
    static func scratch() throws(UsageError) -> ServeOptions {
        var template = Array("\(NSTemporaryDirectory())patron-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw UsageError(message: "no scratch folder can be made") }
        let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return ServeOptions(tenants: directory, mail: nil, isScratch: true)
    }

    func run() throws {
        try Background(options).serve { _ in
            try converse()
            if !isOnce { printNextSteps() }
            return isOnce
        }
    }

    private func converse() throws {
        let connection = try ControlConnection(path: options.socket)
        let name = "demo"
        let existing = try connection.ask("tenant.show \(name)")
        if existing.error == nil {
            say("-- the tenant demo is there already: its conversation is not repeated")
            return
        }
        for line in Self.conversation {
            say(line)
            guard !line.hasPrefix("--"), !line.isEmpty else { continue }
            try connection.send(line)
            while let answer = try connection.readLine() {
                say(answer)
                if answer.hasPrefix("OK ") || answer.hasPrefix("ERR ") { break }
            }
        }
    }

    private func printNextSteps() {
        let socket = options.socket
        say(
            """

            -- Patron keeps serving on \(socket); end it with Ctrl-C. Type on, for example:
            --   swift run -c release patronctl --socket \(socket) --tenant demo customer.list
            --   swift run -c release patronctl --socket \(socket) --tenant demo timeline.list 1
            --   swift run -c release patronctl --socket \(socket) help order.register
            --   socat - UNIX-CONNECT:\(socket)
            """)
    }

    /// Prints at once, also into a pipe.
    private func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    private static let conversation = [
        "-- a shop comes to the host; it sells in an online shop, by booking, at events, at a till and by hand",
        #"tenant.create name=demo title="Café Öz" currency=EUR country=DE locale=de time_zone=Europe/Berlin"#,
        "use demo as=lena",
        "-- one coupon for all channels, good for two uses",
        "coupon.create code=SPRING percent=10 limit=2",
        "-- Ann buys in the online shop: nobody knows her yet, so she is entered",
        #"order.register channel=online-shop ext=1001 customer={"email":"Ann@Example.org","name":"Ann Öz","phone":"0171 2345678"} lines=[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"}] coupon=spring consent={"purpose":"newsletter","wording":"checkout-1"}"#,
        "-- she books a tasting, writing her address in another way; her name in the registry stays as it was",
        #"order.register channel=booking ext=b-1 customer={"email":" ann@EXAMPLE.ORG ","name":"A. Oez"} total=25.00 details={"service":"Tasting","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#,
        "-- and tickets, for herself and for Bo",
        #"order.register channel=events ext=t-77 customer={"email":"ann@example.org"} lines=[{"sku":"JAZZ","name":"Jazz evening","quantity":2,"unit_price":"12.00"}] coupon=SPRING details={"event":"Jazz evening","tickets":[{"type":"standard","attendee":"Ann Öz"},{"type":"standard","attendee":"Bo Li"}]}"#,
        "-- at the till she gives her telephone number only",
        #"order.register channel=pos customer={"phone":"+49 171 2345678"} lines=[{"sku":"CAKE","name":"Cake","quantity":1,"unit_price":"4.20"}] details={"register":"7","receipt":"1009","tenders":[{"kind":"cash","amount":"4.20"}]}"#,
        "-- and by WhatsApp, which staff enter by hand; the coupon is used up by now",
        #"order.register channel=manual ext=w-1 customer={"phone":"0049 171 2345678"} total=18.00 coupon=SPRING details={"source":"whatsapp"}"#,
        #"order.register channel=manual ext=w-1 customer={"phone":"0049 171 2345678"} total=18.00 details={"source":"whatsapp"}"#,
        "-- registering the same order again changes nothing",
        #"order.register channel=manual ext=w-1 customer={"phone":"0049 171 2345678"} total=18.00 details={"source":"whatsapp"}"#,
        "-- five channels, one customer",
        "customer.list search=oez",
        "order.list customer=1",
        "timeline.list customer=1 limit=3",
        "coupon.check code=SPRING customer=1",
        "tenant.verify",
    ]
}
