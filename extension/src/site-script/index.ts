document.documentElement.dataset.test = 'x';
