/// What git counts in a file to see whether it is text, and what ends its lines.
///
/// Follows `gather_stats` and `convert_is_binary` of git's convert.c.
struct TextStatistics {
    /// Carriage returns with a line feed behind them.
    var pairs = 0
    /// Line feeds without a carriage return before them.
    var loneFeeds = 0
    private(set) var loneReturns = 0
    private var zeros = 0
    private var printable = 0
    private var unprintable = 0

    init(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x20..<0x7F, 0x80...: printable += 1
            case 0x0A: loneFeeds += 1
            case 0x0D where index < bytes.count && bytes[index] == 0x0A:
                pairs += 1
                index += 1
            case 0x0D: loneReturns += 1
            case 0x08, 0x09, 0x0C, 0x1B: printable += 1
            case 0:
                zeros += 1
                unprintable += 1
            default: unprintable += 1
            }
        }
        // The end of a text file, long ago.
        if bytes.last == 0x1A { unprintable -= 1 }
    }

    var isBinary: Bool { loneReturns > 0 || zeros > 0 || printable >> 7 < unprintable }
}
