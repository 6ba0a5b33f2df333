extension NotebookReader {
    /// The bytes of a notebook without what a kernel made; as they are when they cannot be read.
    public static func bytesWithoutOutputs(of bytes: [UInt8]) -> [UInt8] {
        (try? NotebookReader(bytes))?.bytesWithoutOutputs ?? bytes
    }

    /// The bytes of the notebook without what a kernel made: outputs and execution counts.
    ///
    /// Everything else keeps its bytes.
    var bytesWithoutOutputs: [UInt8] {
        let bytes = root.text.bytes
        var splice = Splice()
        for cell in root["cells"]?.elements ?? [] { splice.clearOutputs(of: cell) }
        return splice.isEmpty ? bytes : splice.applied(to: bytes.span, in: 0..<bytes.count)
    }
}
