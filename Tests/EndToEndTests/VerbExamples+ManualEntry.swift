extension VerbExamples {
    /// Those of manual entry.
    static let manualEntry: [String: [String]] = [
        "manual.correct": [
            #"order.register channel=manual ext={verb} total=12.00 details={"source":"phone"}"#,
            #"manual.correct ext={verb} total=21.00 reason="digits swapped""#,
        ],
        "manual.list": ["manual.list source=phone day=2026-11-22 limit=10"],
    ]
}
