import Platform
import Support
import Testing

@Suite struct MappedFileTests {
    @Test(arguments: [((1 << 18) - 1, false), (1 << 18, true), ((3 << 20) + 5, true)])
    func `large files are mapped, and say the same`(byteCount: Int, isMapped: Bool) throws {
        let scratch = try TemporaryDirectory()
        let content = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try scratch.write(content, to: "file")
        switch try File.contents(of: Path(scratch.path("file"))) {
        case .bytes(let bytes):
            #expect(!isMapped)
            #expect(bytes == content)
        case .mapped(let file):
            #expect(isMapped)
            #expect(unsafe Array(file.bytes) == content)
            // What was let go is there again when somebody looks.
            file.release(upTo: byteCount)
            #expect(unsafe Array(file.bytes) == content)
        }
    }

    @Test func `what is no regular file is read`() throws {
        guard case .bytes = try File.contents(of: "/dev/null") else {
            Issue.record("/dev/null was mapped")
            return
        }
    }
}
