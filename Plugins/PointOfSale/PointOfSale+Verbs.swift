public import ChannelKit

extension PointOfSale {
    public static let verbs: [ChannelVerb] = tills + sales + people

    private static let tills: [ChannelVerb] = [
        .read(
            "registers", "lists the registers that are set up",
            [.optional("location", .text, "only those at this location"), .limit, .after], PointOfSale.registers),
        .write(
            "set-register", "sets a register up, or changes it; it then gives its sales their receipts",
            roles: [.staff],
            [
                .required("register", .text, "what its sales call it"),
                .optional("name", .text, "what people call it"),
                .optional("location", .text, "where it stands; its sales are made there"),
                .optional("active", .flag, "whether it sells"),
                .optional("prefix", .text, "what its receipts begin with; a new one begins a new series"),
                .optional("next", .integer, "the number of its next receipt, before it has given any"),
            ], PointOfSale.setRegister),
        .write(
            "open-day", "says what lies in a register's drawer before the day's first sale",
            [
                .required("register", .text, "the register"),
                .required("float", .amount, "what lies in the drawer"),
            ], PointOfSale.openDay),
        .write(
            "close-day", "closes a register's business day: its report does not change any more",
            [
                .required("register", .text, "the register"),
                .required("counted", .amount, "the cash counted in the drawer"),
                .optional("day", .text, "the day, such as 2026-11-22, with all before that are not closed; today's"),
            ], PointOfSale.closeDay),
        .read(
            "day", "shows what a register took: the kept report of a closed day, or the sums so far",
            [
                .required("register", .text, "the register"),
                .optional("day", .text, "the day, such as 2026-11-22; today's"),
            ], PointOfSale.day),
        .read(
            "days", "lists the reports of a register's closed days, newest first",
            [.required("register", .text, "the register"), .limit, .after], PointOfSale.days),
    ]

    private static let reference: [Parameter] = [
        .optional("register", .text, "the register that sold it"),
        .optional("receipt", .text, "and the number on the receipt"),
        .optional("order", .integer, "or the order"),
    ]

    private static let sales: [ChannelVerb] = [
        .read(
            "receipt", "shows a receipt: its number, its day, its claim code, what may still come back",
            roles: [.staff, .channel], reference + [.optional("ext", .text, "or the till's own id of the sale")],
            PointOfSale.receipt),
        .write(
            "refund", "takes goods back or gives money back for a sale, at any register, as a return of its own",
            reference + [
                .optional("lines", .list, "[{position or sku, quantity}]; all that is left without lines and amount"),
                .optional("amount", .amount, "or an amount, when no goods come back"),
                .optional("at_register", .text, "the register that gives it back; that of the sale"),
                .optional("at_receipt", .text, "the return's receipt, where the register does not give one"),
                .optional("tenders", .list, "[{kind, amount}] by which it is given back; those of the sale"),
                .optional("cashier", .text, "who gives it back"),
                .optional("reason", .text, "why; for staff only"),
            ], PointOfSale.refund),
        .write(
            "replay", "registers what a till sold offline, in the order of the sales; what is there already stays",
            [
                .required(
                    "sales", .list,
                    "[{ext, placed_at, customer, lines, total, currency, kind, state, coupon, details, test}]")
            ], PointOfSale.replay),
        .write(
            "void", "voids a sale whose day is not closed; its receipt stays",
            reference + [.optional("reason", .text, "why; for staff only")], PointOfSale.void),
        .write(
            "claim", "makes an anonymous sale a customer's, by the code on its receipt; it is no consent to anything",
            reference + [
                .optional("code", .text, "the claim code on the receipt; staff need none"),
                .optional("customer", .integer, "the customer"),
                .optional("email", .text, "or an e-mail address, known or new"),
                .optional("phone", .text, "or a telephone number, known or new"),
            ], PointOfSale.claim),
    ]

    private static let people: [ChannelVerb] = [
        .read(
            "lookup", "finds who stands at the till, and the coupons that are for them alone",
            roles: [.staff, .channel],
            [
                .optional("phone", .text, "telephone number, in any spelling"),
                .optional("card", .text, "the token on the customer's card"),
                .optional("number", .integer, "the customer's number"),
                .optional("email", .text, "e-mail address, in any spelling"),
            ], PointOfSale.lookup),
        .write(
            "set-card", "gives a customer a card to be known by at the till, or blocks it",
            [
                .required("customer", .integer, "the customer"),
                .required("card", .text, "the token on the card"),
                .optional("active", .flag, "false blocks it"),
            ], PointOfSale.setCard),
    ]
}
