import Papers
import Vocabulary

@testable import Web

/// Printable papers.
extension Gallery {
    func notice() -> HTML {
        portal("/papers/2").sheet(
            t("受理通知书", "Notice of acceptance"), back: PageLink(t("返回办件", "Back to the case"), "/dossiers/1")
        ) { html in
            html.paper(
                [
                    .masthead("福州市鼓楼区市场监督管理局"), .number("榕鼓市监受〔2026〕第0007号"), .title("受理通知书"),
                    .addressee("福州闽江小馆餐饮有限公司（演示）："),
                    .paragraph("你单位于2026年11月16日提出的食品经营许可（新办）申请（办件编号：3501022611160007），申请材料齐全、符合法定形式。"),
                    .paragraph(
                        "根据《中华人民共和国行政许可法》第三十二条第一款第五项的规定，本机关决定予以受理，并将于2026年12月9日前作出决定。依法需要听证、检验、检测、鉴定、专家评审的，所需时间不计算在内。"
                    ),
                    .heading("已收到的材料："), .list(["营业执照", "经营场所平面布局图"]),
                    .table(columns: ["序号", "材料名称", "数量"], shares: [1, 6, 2], rows: [["1", "营业执照", "1"]]),
                    .facts([]), .note("咨询电话：0591-02000001。"),
                    .signature(body: "福州市鼓楼区市场监督管理局", day: "2026年11月16日"), .signers(["经办人"], nil),
                    .receipt("本文书已收到。", ["受送达人（签名、盖章）", "签收日期"]),
                ], seal: PaperSeal(path: Self.ring, label: "福州市鼓楼区市场监督管理局受理专用章（示例）"),
                example: "示例文书 不具有法律效力")
        }
    }

    func receipt() -> HTML {
        portal("/papers/1").sheet(t("收件凭证", "Receipt"), back: PageLink(t("返回办件", "Back to the case"), "/dossiers/1")) {
            html in
            var slip = ReceiptSlip(
                number: "3501022611160007", item: t("食品经营许可（新办）", "Food business licence (new)"),
                applicant: t("福州闽江小馆餐饮有限公司（演示）", "Fuzhou Minjiang Kitchen Ltd (demonstration)"),
                receivedAt: Instant(Self.day(11, 16), hour: 9, minute: 12),
                lines: [
                    ReceiptSlip.Line(t("营业执照", "Business licence"), t("电子证照", "electronic")),
                    ReceiptSlip.Line(t("经营场所平面布局图", "Floor plan"), t("复印件 1 份", "1 copy")),
                    ReceiptSlip.Line(t("场所使用证明", "Right to use the premises"), t("原件 1 份，已退还", "1 original, returned")),
                ])
            slip.clerk = t("陈立", "Chen Li")
            slip.place = t("市政务服务中心 3 楼 12 号窗口", "Municipal centre, floor 3, window 12")
            slip.password = "K7M2QX"
            slip.code = DotMatrix(Self.code.split(separator: "\n").map { $0.map { $0 == "#" } })
            html.receipt(slip, issuer: t("福州市鼓楼区市场监督管理局", "Gulou District Market Supervision")) { html in
                html.paragraph(
                    t("我们将在 2026年11月23日 (周一) 前告知您是否受理。", "You will hear by Mon 23 Nov 2026 whether it is accepted."))
            }
        }
    }

    /// A ring and a star: the drawing of the whole seal needs a typeface.
    private static let ring =
        "M41 21A20 20 0 1 1 1 21A20 20 0 1 1 41 21ZM21 14L23 20L29 20L24 24L26 30L21 26L16 30L18 24L13 20L19 20Z"

    /// A QR code of `https://onewindow.example/c/3501002611240007`.
    private static let code = """
        #######........##.#....#..#######
        #.....#.....###.#.##......#.....#
        #.###.#.##.##...##...#.#..#.###.#
        #.###.#..#.#....##....#.#.#.###.#
        #.###.#.#....###.########.#.###.#
        #.....#.#..##.##...#.##.#.#.....#
        #######.#.#.#.#.#.#.#.#.#.#######
        ..........##.#...######.#........
        .#..#.#.###..#####.####.##.##.#..
        .####..##.#..#.#.#.....#.#...###.
        ###.###.###..#....#..####....#...
        #.#..#.#..#..##.#....#..#......#.
        ...##.#..#......#....#...#####..#
        ...#...#..##.#....#.#.###....#...
        ...#..#.###..#.#.#...#.#.##.#.##.
        .##.#..##.#.#..####..##..##.#....
        .#....#..##..####..#.##...#.#..#.
        #..#.#.#..####..#.#....#.#...###.
        #....###.#....#..##.#.###..#.#.#.
        #.##...###.###...##.######.#.....
        .#.#.##.#.###.####.#.#...#####...
        ##.##..#.##.##.#.##.#####.....##.
        ..##.##.##.....##.#....#.##...##.
        .......#.#.##..##.#..#.#.#####...
        ##...##..#.#.....######.#####....
        ........##....####....#.#...#.##.
        #######..#..##.......#..#.#.##.#.
        #.....#......##.#.#####.#...#....
        #.###.#.#.###.##..#..#..######.##
        #.###.#..#.##..##.#.#.#...####.#.
        #.###.#....#..##..#.....#.###.#..
        #.....#.#.......###..#..#....#...
        #######..#..##.#..####..###..#..#
        """
}
