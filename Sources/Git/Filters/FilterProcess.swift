internal import Platform

/// A filter program that is started once and asked for every file.
///
/// Follows gitattributes(5), "Long Running Filter Process", version 2, and subprocess_handshake in
/// sub-process.c. Delaying an answer is not offered to the program.
final class FilterProcess {
    private let conversation: Conversation
    /// What it still does for us.
    private var capabilities: Set<String> = []

    /// Starts the program and agrees with it on what it does.
    init(_ subprocess: Subprocess) throws(FilterFailure) {
        do throws(SystemError) { conversation = try Conversation(with: subprocess) } catch {
            throw FilterFailure(error)
        }
        try send(PacketLine.list([Array("git-filter-client".utf8), Array("version=2".utf8)]))
        let greeting = try conversation.receiveList()
        guard greeting.first == "git-filter-server", greeting.contains("version=2") else {
            throw FilterFailure("does not speak version 2 of the filter protocol")
        }
        let offered = ["capability=clean", "capability=smudge"]
        try send(PacketLine.list(offered.map { Array($0.utf8) }))
        let accepted = try conversation.receiveList()
        guard accepted.allSatisfy(offered.contains) else {
            throw FilterFailure("wants what it was not offered")
        }
        capabilities = Set(accepted.map { String($0.dropFirst("capability=".utf8.count)) })
    }

    /// Asks for one file.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - path: From the root of the work tree.
    ///   - direction: Which way it goes.
    ///   - blob: What it is in the repository, where that is known.
    /// - Returns: Its new content, or nil where the program does not go that way.
    /// - Throws: ``FilterFailure``, broken where it cannot be asked again.
    func filtered(
        _ bytes: [UInt8], path: Path, _ direction: FilterDirection, blob: ObjectID?
    ) throws(FilterFailure) -> [UInt8]? {
        guard capabilities.contains(direction.rawValue) else { return nil }
        guard path.bytes.count <= PacketLine.largestByteCount - "pathname=\n".utf8.count else {
            throw FilterFailure("cannot be told so long a path", isBroken: false)
        }
        var request = [Array("command=\(direction)".utf8), Array("pathname=".utf8) + path.bytes]
        if let blob { request.append(Array("blob=\(blob)".utf8)) }
        try send(PacketLine.list(request) + PacketLine.content(bytes))

        try judge(status(in: try conversation.receiveList()), direction)
        let content = try conversation.receiveContent()
        // It may have failed in the middle; no word means that nothing changed.
        if let status = status(in: try conversation.receiveList()) { try judge(status, direction) }
        return content
    }

    /// Closes its input and waits until it has ended.
    func end() {
        _ = try? conversation.end()
    }

    private func send(_ bytes: [UInt8]) throws(FilterFailure) {
        do throws(SystemError) { try conversation.send(bytes) } catch { throw FilterFailure(error) }
    }

    private func status(in list: [String]) -> String? {
        list.last { $0.hasPrefix("status=") }.map { String($0.dropFirst("status=".utf8.count)) }
    }

    private func judge(_ status: String?, _ direction: FilterDirection) throws(FilterFailure) {
        switch status {
        case "success": return
        case "error": throw FilterFailure("said that it failed", isBroken: false)
        case "abort":
            capabilities.remove(direction.rawValue)
            throw FilterFailure("said that it gives up", isBroken: false)
        default: throw FilterFailure("said what is not of the protocol")
        }
    }
}
