  // Pages as drawings: lines of text become SVG. `src/review/page/drawing.rs` says what the lines are.
  let drawings = { outlines: [], lines: [], pages: [] };
  const png = (number) => `data:image/png;base64,${$(`picture-${number}`).textContent}`;

  const unpack = async () => {
    const packed = Uint8Array.from(atob($("drawings").textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    drawings = await new Response(stream).json();
    $("drawings").remove();
  };

  const glyphs = (words, used) => {
    const [a, b, c, d, y, fill, ...places] = words;
    const [colour, opacity] = fill.split("/");
    let x = 0;
    let text = `<g fill="${colour}"${opacity ? ` fill-opacity="${opacity}"` : ""}>`;
    for (let at = 0; at < places.length; at += 2) {
      x += Number(places[at + 1]);
      used.add(places[at]);
      text += `<use href="#o${places[at]}" transform="matrix(${a} ${b} ${c} ${d} ${x / 100} ${y})"/>`;
    }
    return `${text}</g>`;
  };
  const raster = ([number, a, b, c, d, e, f, width, height]) =>
    `<image href="${png(number)}" width="${width}" height="${height}" preserveAspectRatio="none" transform="matrix(${a} ${b} ${c} ${d} ${e} ${f})"/>`;
  const svg = ({ width, height, drawing }) => {
    const used = new Set();
    let [body, clips] = ["", ""];
    let clip = 0;
    for (const [start, count] of drawings.pages[drawing]) {
      for (const line of drawings.lines.slice(start, start + count)) {
        const rest = line.slice(2);
        if (line[0] === "t") body += glyphs(rest.split(" "), used);
        else if (line[0] === "p") body += `<path ${rest}/>`;
        else if (line[0] === "i") body += raster(rest.split(" "));
        else if (line[0] === "g") body += `<g opacity="${rest}">`;
        else if (line[0] === "e") body += "</g>";
        else if (line[0] === "c") {
          const gap = rest.indexOf(" ");
          clip += 1;
          clips += `<clipPath id="c${clip}"><path clip-rule="${rest.slice(0, gap)}" d="${rest.slice(gap + 1)}"/></clipPath>`;
          body += `<g clip-path="url(#c${clip})">`;
        }
      }
    }
    const outlines = [...used].map((place) => `<path id="o${place}" d="${drawings.outlines[place]}"/>`).join("");
    // Twice as many pixels as points, so that a canvas shows it sharply.
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${2 * height}" viewBox="0 0 ${width} ${height}">`
      + `<defs>${outlines}${clips}</defs><rect width="${width}" height="${height}" fill="#fff"/>${body}</svg>`;
  };

  const addresses = new Map();
  /** The address of a page's drawing, which is made when it is first shown. */
  const drawn = (sheet) => {
    if (!drawings.pages[sheet.drawing]) return undefined;
    if (!addresses.has(sheet.drawing)) {
      addresses.set(sheet.drawing, URL.createObjectURL(new Blob([svg(sheet)], { type: "image/svg+xml" })));
    }
    return addresses.get(sheet.drawing);
  };

