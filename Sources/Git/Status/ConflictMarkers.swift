/// The lines that a merge leaves in a file which it could not merge: `<<<<<<<`, `=======` and `>>>>>>>`.
enum ConflictMarkers {
    /// The number of the first marker, from 1; nil where the three do not follow each other.
    ///
    /// In a notebook they stand in strings: white space and a quote may come before them.
    static func firstLine(in bytes: [UInt8]) -> Int? {
        let marks = ["<<<<<<< ", "=======", ">>>>>>> "].map { Array($0.utf8) }
        var (met, first) = (0, 0)
        var number = 0
        for line in bytes.split(separator: .newline, omittingEmptySubsequences: false) {
            number += 1
            let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "\"") }
            if text.starts(with: marks[met]) {
                if met == 0 { first = number }
                met += 1
            }
            if met == marks.count { return first }
        }
        return nil
    }
}
