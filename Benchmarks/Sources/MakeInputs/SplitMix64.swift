/// Random numbers that are the same everywhere for the same seed; after Steele, Lea and Flood.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        // Wrapping is what the algorithm asks for.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number in `range`; the slight bias does not matter here.
    mutating func number(in range: Range<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// True once in `count` cases.
    mutating func isOne(in count: Int) -> Bool { next() % UInt64(count) == 0 }

    /// `0.` and six digits.
    mutating func fraction() -> String {
        let digits = String(number(in: 0..<1_000_000))
        return "0." + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
