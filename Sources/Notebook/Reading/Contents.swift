/// What a file holds: an array, or memory that somebody else keeps, such as a mapped file.
public struct Contents: Sendable {
    @safe private enum Storage: @unchecked Sendable {
        case array([UInt8])
        // Only read, and kept by its owner; see the initialiser.
        case memory(UnsafeBufferPointer<UInt8>, owner: any AnyObject & Sendable)
    }

    private let storage: Storage
    private let release: (@Sendable (_ end: Int) -> Void)?

    /// Keeps `bytes`.
    public init(_ bytes: [UInt8]) {
        storage = .array(bytes)
        release = nil
    }

    /// Keeps memory through its owner.
    ///
    /// - Parameters:
    ///   - memory: What `owner` neither changes nor frees as long as it lives.
    ///   - owner: Lives as long as this and its copies.
    ///   - release: Told the number of bytes from the start that are not needed for the moment: they may leave
    ///     main memory, and come back when they are read again.
    @unsafe public init(
        memory: UnsafeBufferPointer<UInt8>, owner: any AnyObject & Sendable,
        release: @escaping @Sendable (_ end: Int) -> Void
    ) {
        unsafe storage = .memory(memory, owner: owner)
        self.release = release
    }

    /// The bytes.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            switch storage {
            case .array(let bytes): unsafe _overrideLifetime(bytes.span, borrowing: self)
            case .memory(let memory, _):
                // The owner lives as long as this does, and leaves the memory as it is.
                unsafe _overrideLifetime(Span(_unsafeElements: memory), borrowing: self)
            }
        }
    }

    /// The bytes as an array: a copy, unless they were given as one.
    public var bytes: [UInt8] {
        if case .array(let bytes) = storage { bytes } else { span.bytes }
    }

    /// How many bytes may be looked at before ``release(upTo:)`` is worth a call; a multiple of 64.
    static let releaseStep = 1 << 20

    /// Says that the bytes before `end` are not needed for the moment.
    func release(upTo end: Int) { release?(end) }
}
