/// A cell that a card fills in the table of all cards.
struct CardCell: Equatable {
    let header: String
    let meaning: ImportColumn.Meaning
    let text: String
}
