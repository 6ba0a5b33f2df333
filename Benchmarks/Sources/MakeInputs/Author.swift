/// Writes the cells and outputs of made-up notebooks.
///
/// What it writes depends on the seed alone. The mix follows real notebooks: lines of 0 to 90 bytes, quotes and
/// backslashes in the code, some words beyond ASCII, outputs as printed lines, tables in two formats, coloured
/// tracebacks and images.
struct Author {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    private static let words = """
        the a of and we for each with from into mean median sample column row index frame model loss step \
        epoch batch train test split score predict plot axis figure label value weight error sum result \
        read write group join merge filter sort array matrix kernel signal noise rate state graph node \
        größe café naïve Δt ≈ 数据 模型 – résumé
        """.split(separator: " ")

    mutating func number(in range: Range<Int>) -> Int { random.number(in: range) }
    mutating func isOne(in count: Int) -> Bool { random.isOne(in: count) }

    private mutating func word() -> Substring {
        Self.words[random.number(in: 0..<Self.words.count)]
    }

    private mutating func words(_ count: Int, separator: String = " ") -> String {
        (0..<count).map { _ in String(word()) }.joined(separator: separator)
    }

    // MARK: Cells

    mutating func codeCell(lines: Int, outputs: [JSON], number: Int) -> JSON {
        .object([
            "cell_type": .text("code"), "execution_count": .number(number), "id": identifier(),
            "metadata": random.isOne(in: 10)
                ? .object(["tags": .lines(["parameters"])]) : .object([:]),
            "outputs": .array(outputs), "source": .lines(code(lines: lines)),
        ])
    }

    mutating func markdownCell(lines: Int) -> JSON {
        var text = ["## \(words(5))\n", "\n"]
        for _ in 0..<lines {
            let bullet = random.isOne(in: 3) ? "- " : ""
            text.append("\(bullet)\(words(random.number(in: 6..<20)))\n")
        }
        text[text.count - 1].removeLast()
        return .object([
            "cell_type": .text("markdown"), "id": identifier(), "metadata": .object([:]),
            "source": .lines(text),
        ])
    }

    private mutating func identifier() -> JSON {
        let digits = String(random.next() >> 32, radix: 16)
        return .text(String(repeating: "0", count: 8 - digits.count) + digits)
    }

    private mutating func code(lines: Int) -> [String] {
        var text = (0..<lines).map { codeLine($0) + "\n" }
        text[text.count - 1].removeLast()
        return text
    }

    private mutating func codeLine(_ number: Int) -> String {
        switch random.number(in: 0..<8) {
        case 0: "import numpy as np, pandas as pd"
        case 1:
            "frame[\"column \(number)\"] = frame['x'].map(lambda v: f\"{v:.2f}\\t\")  # \(words(4))"
        case 2: "    for i in range(\(random.number(in: 0..<1000))):"
        case 3: "        print(\"value: %s\" % values[i], end='\\n')"
        case 4: ""
        case 5: "def step_\(number)(a, b=None):"
        case 6: "    return np.sqrt(a ** 2 + \(random.fraction()))"
        default: "result = \(words(7, separator: "_"))"
        }
    }

    // MARK: Outputs

    mutating func printedLines(_ count: Int) -> JSON {
        let lines = (0..<count).map { line in
            "Epoch \(line)/\(count): loss=\(random.fraction()) \"accuracy\"=\(random.fraction())"
                + "\t\(words(3))\n"
        }
        return .object([
            "name": .text("stdout"), "output_type": .text("stream"), "text": .lines(lines),
        ])
    }

    mutating func table(rows: Int) -> JSON {
        var page = ["<div>\n", "<style scoped>\n"]
        for row in 0..<rows {
            page.append(
                "    <tr class=\"r\(row)\"><td>\(random.fraction())</td><td>\(words(2))</td></tr>\n"
            )
        }
        page.append("</div>")
        let plain = (0..<rows).map { "\($0)  \(random.fraction())  \(words(2))\n" }
        return .object([
            "data": .object(["text/html": .lines(page), "text/plain": .lines(plain)]),
            "execution_count": .number(random.number(in: 1..<100)), "metadata": .object([:]),
            "output_type": .text("execute_result"),
        ])
    }

    mutating func traceback(lines: Int) -> JSON {
        let red = "\u{1B}[0;31m"
        let green = "\u{1B}[0;32m"
        let blue = "\u{1B}[0;34m"
        let plain = "\u{1B}[0m"
        var text = [
            "\(red)---------\(plain)", "\(green)<ipython-input-\(lines)>\(plain) in <module>\n",
        ]
        for line in 0..<lines {
            text.append(
                "\(green)---> \(line)\(red) \(plain)values"
                    + "\(plain)\(blue)[\(plain)\(line)\(blue)]\(plain)\n")
        }
        return .object([
            "ename": .text("ValueError"), "evalue": .text("\(words(3)) 'x' \"y\""),
            "output_type": .text("error"), "traceback": .lines(text),
        ])
    }

    /// A picture of `size` bytes, a multiple of 3; in base64 it is longer by a third.
    mutating func image(size: Int) -> JSON {
        .object([
            "data": .object([
                "image/png": .base64Line(base64(count: size / 3 * 4)),
                "text/plain": .lines(["<Figure size 640x480 with 1 Axes>"]),
            ]),
            "metadata": .object(["needs_background": .text("light")]),
            "output_type": .text("display_data"),
        ])
    }

    private static let base64Letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The first letters of every PNG file, then noise, which is what a compressed picture looks like.
    private mutating func base64(count: Int) -> [UInt8] {
        let start = Array("iVBORw0KGgo".utf8)
        let table = Self.base64Letters
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            var index = 0
            while index < count {
                var bits = random.next()
                for _ in 0..<min(10, count - index) {
                    buffer[index] = index < start.count ? start[index] : table[Int(bits & 63)]
                    bits >>= 6
                    index += 1
                }
            }
            initializedCount = count
        }
    }
}
