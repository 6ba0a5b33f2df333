extension Span<UInt8> {
    /// The places of the lines: cut at LF alone, at least one, without their line ends.
    var lineRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while let end = firstIndex(of: UInt8.lineFeed, from: start) {
            ranges.append(start..<end)
            start = end + 1
        }
        ranges.append(start..<count)
        return ranges
    }
}
