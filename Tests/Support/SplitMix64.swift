/// Random numbers that are the same everywhere for the same seed; after Steele, Lea and Flood.
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// Begins the row of numbers that belongs to `seed`.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        // Wrapping is what the algorithm asks for.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number from 0 to `bound` - 1; the slight bias does not matter here.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True in `percentage` of 100 cases.
    public mutating func chance(_ percentage: Int) -> Bool { below(100) < percentage }

    /// One of `choices`.
    public mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
