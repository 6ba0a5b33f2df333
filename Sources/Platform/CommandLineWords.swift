/// The words that the program was started with.
///
/// A word may be any bytes but zero: it can be the name of a file, and those need not be UTF-8. So that
/// words can be `String`s all the same, each byte that is no part of valid UTF-8 is carried as one
/// character of a private plane, U+10F780 to U+10F7FF, and ``Path/init(word:)`` takes it back. Where such a
/// character stands in a word itself, its four bytes are carried like that too, so nothing is mixed up.
/// Python does the same with lone surrogates (PEP 383), which a Swift string cannot hold.
public enum CommandLineWords {
    /// All of them behind the program's own name.
    public static var all: [String] {
        // The system closes each word with a zero, and counts them.
        (1..<max(Int(CommandLine.argc), 1)).compactMap { index in
            unsafe CommandLine.unsafeArgv[index].map { unsafe word(Path(cString: $0).bytes) }
        }
    }

    private static let carrier: UInt32 = 0x10F700
    private static let carriers = carrier + 0x80...carrier + 0xFF

    /// The word that carries `bytes`.
    package static func word(_ bytes: [UInt8]) -> String {
        // Carriers begin with this byte.
        if !bytes.contains(0xF4), let word = String(utf8: bytes.span) {
            return word
        }
        var word = String.UnicodeScalarView()
        var parser = Unicode.UTF8.ForwardParser()
        var source = bytes.makeIterator()
        var byteOffset = 0
        func carry(_ count: Int) {
            let carried = bytes[byteOffset..<byteOffset + count]
            word += carried.compactMap { Unicode.Scalar(carrier + UInt32($0)) }
            byteOffset += count
        }
        while true {
            switch parser.parseScalar(from: &source) {
            case .emptyInput:
                return String(word)
            case .error(let length):
                carry(length)
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded)
                if carriers.contains(scalar.value) {
                    carry(encoded.count)
                } else {
                    word.append(scalar)
                    byteOffset += encoded.count
                }
            }
        }
    }

    /// The bytes that `word` carries.
    fileprivate static func bytes(_ word: String) -> [UInt8] {
        guard word.utf8.contains(0xF4) else { return Array(word.utf8) }
        return word.unicodeScalars.flatMap { scalar in
            carriers.contains(scalar.value)
                ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(UTF8.encode(scalar) ?? .init())
        }
    }
}

extension Path {
    /// Takes the bytes that a word of the command line stands for, valid UTF-8 or not.
    ///
    /// - Parameter word: One of ``CommandLineWords/all``, or a part of it.
    public init(word: String) {
        self.init(bytes: CommandLineWords.bytes(word))
    }
}
