/// How often each piece of a file occurs: lines, cut at 64 bytes.
///
/// Follows `hash_chars` of git's diffcore-delta.c, so that the same files are taken for renamed.
struct ContentPieces {
    let byteCount: Int
    /// How many bytes lie in pieces with this hash.
    private var counts: [UInt32: Int] = [:]

    init(_ bytes: [UInt8]) {
        byteCount = bytes.count
        let isText = !bytes.prefix(8000).contains(0)
        var (low, high): (UInt32, UInt32) = (0, 0)
        var count = 0
        for (index, byte) in bytes.enumerated() {
            // In text CR LF is as good as LF.
            if isText, byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            // Both rotate 64 bits by 7, and wrap around as C does.
            (low, high) = ((low << 7) ^ (high >> 25), (high << 7) ^ (low >> 25))
            low &+= UInt32(byte)
            count += 1
            guard count >= 64 || byte == 0x0A else { continue }
            counts[(low &+ high &* 0x61) % 107_927, default: 0] += count
            (low, high, count) = (0, 0, 0)
        }
        if count > 0 { counts[(low &+ high &* 0x61) % 107_927, default: 0] += count }
    }

    /// How much of `new` comes from `old`, from 0 to ``RenameDetection/wholeScore``.
    static func score(from old: ContentPieces, to new: ContentPieces, atLeast least: Int) -> Int {
        guard new.byteCount > 0, canReach(least, old.byteCount, new.byteCount) else { return 0 }
        let largest = max(old.byteCount, new.byteCount)
        let copied = old.counts.reduce(0) { $0 + min($1.value, new.counts[$1.key] ?? 0) }
        return copied * RenameDetection.wholeScore / largest
    }

    /// Whether the sizes alone allow the score.
    static func canReach(_ least: Int, _ oldCount: Int, _ newCount: Int) -> Bool {
        let whole = RenameDetection.wholeScore
        return max(oldCount, newCount) * (whole - least) >= abs(oldCount - newCount) * whole
    }
}
